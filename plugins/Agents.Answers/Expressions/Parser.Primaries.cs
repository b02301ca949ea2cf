using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Agents.Answers.Numbers;
using Agents.Answers.Reading;

namespace Agents.Answers.Expressions;

/// <content>Numbers, symbols, brackets, commands.</content>
internal sealed partial class Parser
{
    private Node ParsePrimary()
    {
        if (_failed || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return Fail();
        Token token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number: return ParseNumber(token);
            case TokenKind.Symbol: return ParseSymbol(token);
            case TokenKind.Function: return ParseFunction(token.Text!);
            case TokenKind.Words: return ParseWords(token);
            case TokenKind.Open when token is { Character: '{', Escaped: false } && Current.Kind == TokenKind.Close && (Ahead(1).Is('_') || Ahead(1).Is('^')):
                _position++; // {}_5C_2
                return ParsePrimary();
            case TokenKind.Open: return ParseBrackets(token);
            case TokenKind.Close when token.Character == ']': return ParseBrackets(token); // ]0, 1[
            case TokenKind.Frac:
                Node numerator = ParseArgument();
                return Fraction(numerator, ParseArgument());
            case TokenKind.Binomial:
                Node top = ParseArgument();
                return new CallNode("binom", top, ParseArgument());
            case TokenKind.Sqrt: return ParseRoot(wholeNumber: token.Character == '√');
            case TokenKind.BeginMatrix: return ParseMatrix(token.Text!);
            case TokenKind.BigOperator: return ParseBigOperator(token.Text!);
            case TokenKind.Bar: return ParseAbsolute();
            case TokenKind.Currency: return ParseCurrency(token.Character);
            case TokenKind.Operator when token.Character is '_' or '^': return ParsePreScript();
            case TokenKind.Operator when token.Character is '∠' or '△': return ParsePrimary(); // the angle's name
            default: return Fail();
        }
    }

    /// <summary>_5C_2: combinations written with scripts on both sides.</summary>
    private Node ParsePreScript()
    {
        if (++_depth > MaxDepth) return Fail();
        Node from = ParseArgument();
        _depth--;
        if (Current is not { Kind: TokenKind.Symbol, Text: "C" } || !Ahead(1).Is('_')) return Fail();
        _position += 2;
        return new CallNode("binom", from, ParseArgument());
    }

    private static Node Fraction(Node numerator, Node denominator) =>
        numerator is NumberNode { IsExact: true } n && denominator is NumberNode { IsExact: true } d && !d.Value.IsZero
            ? new NumberNode(n.Value / d.Value)
            : new ProductNode([numerator, new PowerNode(denominator, Node.MinusOne)]);

    /// <summary>"$5", "$3k".</summary>
    private QuantityNode ParseCurrency(char sign)
    {
        Node amount = ParsePower();
        if (amount is NumberNode number && Current is { Kind: TokenKind.Symbol, Spaced: false, Text: "k" or "K" or "M" or "B" } scale && !Ahead(1).Is('^'))
        {
            _position++;
            amount = Scaled(number, scale.Text switch { "M" => 1_000_000, "B" => 1_000_000_000, _ => 1000 });
        }

        return new QuantityNode(amount, CurrencyUnit(sign));
    }

    private static Unit CurrencyUnit(char sign) => UnitTable.Find(sign switch { '€' => "€", '£' => "£", '¥' => "¥", '₹' => "₹", '¢' => "¢", _ => "$" }) ?? Unit.Described("$");

    private Node ParseNumber(Token token)
    {
        NumberNode number = token.Number!;
        if (Current.Is('_') && token.Text is not null) return ParseBase(token.Text);
        if (!number.IsExact || !number.Value.IsInteger || token.Text is null) return number;

        // Mixed numbers: 1½, 1\frac12, 1 1/2. The fraction must be proper, else the two are factors.
        if (Current is { Kind: TokenKind.Number, Character: 'v' }) return new NumberNode(number.Value + Take().Number!.Value);
        if (Current.Kind == TokenKind.Frac)
        {
            _position++;
            Node numerator = ParseArgument();
            Node fraction = Fraction(numerator, ParseArgument());
            return fraction is NumberNode { Value: { Sign: > 0 } part } && part < Rational.One
                ? new NumberNode(number.Value + part)
                : new ProductNode([number, fraction]);
        }

        if (Current is { Kind: TokenKind.Number, Spaced: true, Text: not null } over && Ahead(1).Is('/') && Ahead(2) is { Kind: TokenKind.Number, Text: not null } under
            && over.Number!.Value < under.Number!.Value && !over.Number.Value.IsZero)
        {
            _position += 3;
            return new NumberNode(number.Value + (over.Number.Value / under.Number.Value));
        }

        return number;
    }

    /// <summary>4210_7: the digits in that base.</summary>
    private NumberNode ParseBase(string digits)
    {
        _position++;
        Node argument = ParseArgument();
        if (argument is WordsNode { Folded: var word } && NumberWords.Rewrite(word) is { } spelt && int.TryParse(spelt, CultureInfo.InvariantCulture, out int named)) argument = new NumberNode(named); // 1011_{\text{two}}
        if (argument is not NumberNode { Value: { IsInteger: true } radix } || radix < 2 || radix > 36) return Fail();
        BigInteger value = 0;
        foreach (char digit in digits)
        {
            if (digit - '0' >= radix.Numerator) return Fail();
            value = (value * radix.Numerator) + (digit - '0');
        }

        return new NumberNode(new Rational(value));
    }

    private Node ParseSymbol(Token token)
    {
        string name = token.Text!;
        if (Current is { Kind: TokenKind.Number, Spaced: false, Text: { } digits } && char.IsAsciiLetter(name[0]) && name is not ("e" or "i"))
        {
            _position++;
            name = $"{name}_{digits}"; // x1
        }
        else if (TakeIf('_')) name = $"{name}_{ReadScriptText()}";
        while (Current.Kind == TokenKind.Prime)
        {
            _position++;
            name += "'";
        }

        if (name is "f" or "g" or "h" && InverseLength() is > 0 and var length)
        {
            _position += length;
            name += "⁻¹";
        }

        if (IsCall(name))
        {
            _position++;
            bool inSet = _inSet;
            _inSet = false;
            Node argument = ParseList(TokenKind.Close);
            _inSet = inSet;
            if (Current.Kind == TokenKind.Close) _position++;
            return new CallNode(name, argument is CollectionNode { Open: '\0' } list ? list.Items : [argument]);
        }

        return new SymbolNode(name);
    }

    /// <summary>f(x + 1) is a call, x(x + 1) a product; p(x) = … is a call by its form.</summary>
    private bool IsCall(string name)
    {
        if (Current is not { Kind: TokenKind.Open, Character: '(' }) return false;
        if (name[^1] == '¹') return true;
        if (name[0] is 'f' or 'g' or 'h' or 'F' or 'G' or 'H' or 'P' or 'Q' or 'W' && (name.Length == 1 || !char.IsAsciiLetter(name[1]))) return true;
        if (name is [>= 'A' and <= 'Z'] && Ahead(1).Kind != TokenKind.Comma && HasCommaInside()) return true; // C(5, 2), A(1, 2)
        return Ahead(1).Kind is TokenKind.Symbol or TokenKind.Number && Ahead(2) is { Kind: TokenKind.Close, Character: ')' } && Ahead(3).Is('=');
    }

    /// <summary>The tokens of "^{-1}" when a bracket follows them, else 0.</summary>
    private int InverseLength()
    {
        if (!Current.Is('^')) return 0;
        int braces = Ahead(1) is { Kind: TokenKind.Open, Character: '{' } ? 1 : 0;
        bool isInverse = Ahead(1 + braces).Is('-') && Ahead(2 + braces) is { Kind: TokenKind.Number, Text: "1" } && Ahead(3 + (2 * braces)) is { Kind: TokenKind.Open, Character: '(' };
        return isInverse ? 3 + (2 * braces) : 0;
    }

    private bool HasCommaInside()
    {
        for (int i = 1; i < 12; i++)
        {
            TokenKind kind = Ahead(i).Kind;
            if (kind == TokenKind.Comma) return true;
            if (kind is TokenKind.Close or TokenKind.Open or TokenKind.End) return false;
        }

        return false;
    }

    /// <summary>The text of a subscript without spaces and braces: "{n - 1}" and "n-1" are one name.</summary>
    private string ReadScriptText()
    {
        if (Current is not { Kind: TokenKind.Open, Character: '{' })
        {
            Token single = Take();
            return single.Kind == TokenKind.Number ? single.Number!.Value.ToString() : single.Text ?? single.Character.ToString();
        }

        var name = new StringBuilder();
        int depth = 0;
        do
        {
            Token token = Take();
            if (token.Kind == TokenKind.End) break;
            if (token.Kind == TokenKind.Open) depth++;
            if (token.Kind == TokenKind.Close) depth--;
            if (token.Kind == TokenKind.Number) name.Append(token.Number!.Value.ToString());
            else if (token.Character is not ('{' or '}')) name.Append(token.Text ?? token.Character.ToString());
        }
        while (depth > 0 && name.Length < 200);
        return name.ToString();
    }

    /// <summary>After \sqrt one digit is the radicand, as in TeX; after √ and sqrt the whole number is.</summary>
    private PowerNode ParseRoot(bool wholeNumber)
    {
        Node? index = null;
        if (Current is { Kind: TokenKind.Open, Character: '[' })
        {
            _position++;
            index = ParseList(TokenKind.Close);
            if (Current.Kind == TokenKind.Close) _position++;
        }

        Node radicand = wholeNumber && Current.Kind == TokenKind.Number ? Take().Number! : ParseArgument();
        Node exponent = index is null ? new NumberNode(Rational.Of(1, 2)) : Fraction(new NumberNode(1), index);
        return new PowerNode(radicand, exponent);
    }

    /// <summary>A TeX argument: a braced or bracketed group, one digit, or one symbol.</summary>
    private Node ParseArgument()
    {
        if (++_depth > MaxDepth) return Fail();
        Node argument;
        if (Current is { Kind: TokenKind.Open, Character: '{' or '(' } open && !open.Escaped)
        {
            _position++;
            bool inSet = _inSet;
            int bars = _bars;
            (_inSet, _bars) = (false, 0);
            argument = ParseList(TokenKind.Close);
            (_inSet, _bars) = (inSet, bars);
            if (Current.Kind == TokenKind.Close) _position++;
            else if (Current.Kind != TokenKind.End) Fail();
        }
        else if (Current is { Kind: TokenKind.Number, Text: { Length: > 1 } digits })
        {
            // \frac12: one digit is the argument, the rest stays.
            _tokens[_position] = new Token(TokenKind.Number, '\0', digits[1..], false, new NumberNode(new Rational(BigInteger.Parse(digits.AsSpan(1), CultureInfo.InvariantCulture))));
            argument = new NumberNode(digits[0] - '0');
        }
        else if (Current.Kind == TokenKind.Number) argument = Take().Number!;
        else if (Current.Is('-'))
        {
            _position++;
            argument = Node.Negate(ParseArgument());
        }
        else argument = ParsePrimary();

        _depth--;
        return argument;
    }

    private Node ParseBigOperator(string name)
    {
        Node lower = Node.MinusOne, upper = Node.MinusOne;
        for (int i = 0; i < 2; i++)
        {
            if (TakeIf('_')) lower = ParseArgument();
            else if (TakeIf('^')) upper = ParseExponent();
        }

        if (++_depth > MaxDepth) return Fail();
        Node body = ParseProduct();
        _depth--;
        return FiniteSum.Expand(name, lower, upper, body) ?? new CallNode(name, lower, upper, body);
    }

    private Node ParseAbsolute()
    {
        if (++_depth > MaxDepth) return Fail();
        _bars++;
        Node content = ParseSum();
        _bars--;
        _depth--;
        return Take().Kind == TokenKind.Bar ? new CallNode("abs", content) : Fail();
    }
}
