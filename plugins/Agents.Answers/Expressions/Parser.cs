using System.Runtime.CompilerServices;

namespace Agents.Answers.Expressions;

/// <summary>
/// Reads tokens into a tree by recursive descent without backtracking: lists, relations, ratios, set operations, sums, products, powers.
/// Bounded in depth and by the lexer's token count. Parser.Items.cs reads items and units, Parser.Primaries.cs reads what operators join.
/// </summary>
internal sealed partial class Parser
{
    private const int MaxDepth = 300;

    private readonly List<Token> _tokens;
    private int _position;
    private int _depth;
    private int _bars;
    private bool _inSet;
    private bool _failed;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_position];

    private Token Ahead(int offset) => _tokens[Math.Min(_position + offset, _tokens.Count - 1)];

    /// <summary>The tree of a text, or null when the text is no expression.</summary>
    public static Node? Parse(Lexer lexer)
    {
        if (lexer.Failed || lexer.Tokens.Count < 2) return null;
        var parser = new Parser(lexer.Tokens);
        Node node = parser.ParseList(TokenKind.End);
        return parser._failed || parser.Current.Kind != TokenKind.End ? null : node;
    }

    private NumberNode Fail()
    {
        _failed = true;
        _position = _tokens.Count - 1; // at the end, so that every loop stops
        return Node.MinusOne;
    }

    private Token Take() => _tokens[_position < _tokens.Count - 1 ? _position++ : _position];

    private bool TakeIf(char @operator)
    {
        if (!Current.Is(@operator)) return false;
        _position++;
        return true;
    }

    private static bool IsRelation(Token token) => token.Kind == TokenKind.Operator && token.Character is '=' or '≠' or '<' or '>' or '≤' or '≥' or '≈' or '∈' or '∉' or '⇒' or '≡' or '⇔';

    private Node ParseRelation()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return Fail();
        if (Current.Is('=') || Current.Is('≈') || Current.Is('⇒')) _position++; // "= 5"
        Node left = ParseRatio();
        if (IsRelation(Current))
        {
            List<Node> operands = [left];
            List<char> relations = [];
            while (IsRelation(Current) && !_failed)
            {
                relations.Add(Take().Character);
                operands.Add(ParseRatio());
            }

            left = new RelationNode([.. operands], [.. relations]);
        }

        _depth--;
        return left;
    }

    private Node ParseRatio()
    {
        Node left = ParseSetOperation();
        if (TakeIf('⟋')) return Fraction(left, ParseSetOperation()); // {a \over b}
        if (TakeIf('⟌')) return new CallNode("binom", left, ParseSetOperation()); // {n \choose k}
        if (_inSet || !Current.Is(':')) return left;
        List<Node> parts = [left];
        while (TakeIf(':')) parts.Add(ParseSetOperation());
        return new CallNode("ratio", [.. parts]);
    }

    private Node ParseSetOperation()
    {
        Node left = ParseSum();
        while (!_failed)
        {
            char operation = Current.Character;
            bool isWritten = Current.Kind == TokenKind.Operator && operation is '∪' or '∩' or '∖';
            bool isLetter = left is CollectionNode or SetOperationNode && Current is { Kind: TokenKind.Symbol, Text: "U" or "u" or "∨" } && Ahead(1).Kind is TokenKind.Open or TokenKind.Close;
            if (!isWritten && !isLetter) break;
            _position++;
            if (isLetter) operation = '∪';
            Node right = ParseSum();
            left = left is SetOperationNode same && same.Operation == operation
                ? new SetOperationNode(operation, [.. same.Operands, right])
                : new SetOperationNode(operation, [left, right]);
        }

        return left;
    }

    private Node ParseSum()
    {
        Node first = ParseSignedTerm();
        if (!IsAdditive(Current)) return first;
        List<Node> terms = [first];
        while (IsAdditive(Current) && !_failed) terms.Add(ParseSignedTerm());
        return MatrixAlgebra.Sum(terms);
    }

    private static bool IsAdditive(Token token) => token.Kind == TokenKind.Operator && token.Character is '+' or '-' or '±' or '∓';

    /// <summary>A term with any signs before it: -x, +x, ±x, --x.</summary>
    private Node ParseSignedTerm()
    {
        bool negative = false;
        char plusMinus = '\0';
        while (IsAdditive(Current))
        {
            char sign = Take().Character;
            if (sign == '-') negative = !negative;
            else if (sign != '+') plusMinus = sign;
        }

        Node term = ParseProduct();
        if (plusMinus != '\0') return new PlusMinusNode(term, (plusMinus == '∓') != negative);
        return negative ? Node.Negate(term) : term;
    }

    private Node ParseProduct()
    {
        Node first = ParsePower();
        List<Node>? factors = null;
        while (!_failed)
        {
            Node factor;
            if (TakeIf('*')) factor = ParseSignedFactor();
            else if (TakeIf('/')) factor = new PowerNode(ParseSignedFactor(), Node.MinusOne);
            else if (TakeIf('m')) // "7 mod 3"
            {
                Node modulus = ParseSignedFactor();
                first = new CallNode("mod", Join(first, factors), modulus);
                factors = null;
                continue;
            }
            else if (Current.Kind is TokenKind.Percent or TokenKind.Degree)
            {
                Unit unit = Take().Kind == TokenKind.Percent ? Unit.Percent : ReadTemperature();
                first = new QuantityNode(Join(first, factors), unit);
                factors = null;
                continue;
            }
            else if (Current.Kind == TokenKind.Frac && IsUnitFraction())
            {
                first = new QuantityNode(Join(first, factors), ParseUnitFraction());
                factors = null;
                continue;
            }
            else if (factors is null && first is NumberNode && TakeUnitSymbol() is { } symbol)
            {
                first = new QuantityNode(first, symbol);
                continue;
            }
            else if (StartsImplicitFactor(factors is null ? first : factors[^1])) factor = ParsePower();
            else break;
            factors ??= [first];
            factors.Add(factor);
        }

        return Join(first, factors);
    }

    private Unit ReadTemperature()
    {
        if (Current is not { Kind: TokenKind.Symbol or TokenKind.Words, Text: "C" or "F" or "Celsius" or "celsius" or "Fahrenheit" or "fahrenheit" }) return Unit.Degree;
        return Unit.Described("°" + char.ToUpperInvariant(Take().Text![0]));
    }

    private static Node Join(Node first, List<Node>? factors) => factors is null ? first : MatrixAlgebra.Product(factors);

    private Node ParseSignedFactor()
    {
        bool negative = false;
        while (Current.Is('-') || Current.Is('+')) negative ^= Take().Character == '-';
        Node factor = ParsePower();
        return negative ? Node.Negate(factor) : factor;
    }

    /// <summary>Whether the current token begins a factor without a sign of multiplication before it.</summary>
    private bool StartsImplicitFactor(Node previous)
    {
        Token token = Current;
        if (previous is CollectionNode or WordsNode or SetOperationNode) return false;
        return token.Kind switch
        {
            TokenKind.Symbol or TokenKind.Function or TokenKind.Frac or TokenKind.Sqrt or TokenKind.Binomial or TokenKind.BigOperator or TokenKind.BeginMatrix => true,
            TokenKind.Number => previous is not (NumberNode or QuantityNode) || _tokens[_position - 1].Kind == TokenKind.Close,
            TokenKind.Open => token.Character is '(' or '⌊' or '⌈' || (token.Character == '{' && !token.Escaped),
            TokenKind.Bar => _bars == 0 && !_inSet,
            TokenKind.Operator => token.Character is '∠' or '△',
            _ => false,
        };
    }

    private Node ParsePower()
    {
        Node node = ParsePrimary();
        while (!_failed)
        {
            if (Current.Kind == TokenKind.Factorial)
            {
                _position++;
                bool isDouble = Current is { Kind: TokenKind.Factorial, Spaced: false };
                if (isDouble) _position++;
                node = new CallNode(isDouble ? "!!" : "!", node);
            }
            else if (TakeIf('^'))
            {
                // Right associative: a^b^c is a^(b^c).
                if (++_depth > MaxDepth) return Fail();
                Node exponent = ParseExponent();
                _depth--;
                node = Raise(node, exponent);
            }
            else break;
        }

        return node;
    }

    private static Node Raise(Node @base, Node exponent) => exponent switch
    {
        SymbolNode { Name: "T" or "⊤" or "top" } when @base is MatrixNode matrix => MatrixAlgebra.Transpose(matrix),
        _ => new PowerNode(@base, exponent),
    };

    private Node ParseExponent()
    {
        if (Current is { Kind: TokenKind.Open, Character: '{' }) return ParseArgument();
        bool negative = false;
        while (Current.Is('-') || Current.Is('+')) negative ^= Take().Character == '-';
        Node exponent = ParseExponentBase();
        if (TakeIf('^'))
        {
            if (++_depth > MaxDepth) return Fail();
            exponent = new PowerNode(exponent, ParseExponent());
            _depth--;
        }

        return negative ? Node.Negate(exponent) : exponent;
    }

    /// <summary>In TeX a bare exponent is one token, yet "2^10" in plain text means ten; digits are taken whole.</summary>
    private Node ParseExponentBase() => Current.Kind == TokenKind.Number ? Take().Number! : ParsePrimary();
}
