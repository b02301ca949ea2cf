using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <content>Named functions and what they apply to.</content>
internal sealed partial class Parser
{
    private Node ParseFunction(string name)
    {
        Node? exponent = null;
        Node? radix = null;
        for (int i = 0; i < 2; i++)
        {
            if (TakeIf('^')) exponent = ParseExponent();
            else if (TakeIf('_')) radix = ParseArgument();
        }

        if (name is "cbrt") return new PowerNode(Current.Kind == TokenKind.Number ? Take().Number! : ParseArgument(), new NumberNode(Rational.Of(1, 3)));
        Node argument = ParseFunctionArgument();
        Node[] arguments = argument is CollectionNode { Open: '\0' } list ? list.Items : [argument];
        if (name == "log" && radix is not null) arguments = [argument, radix];
        if (name == "lg") (name, arguments) = ("log", [argument, new NumberNode(10)]);
        if (name == "exp" && arguments.Length == 1) return new PowerNode(new SymbolNode("e"), argument);
        if (name == "det" && argument is MatrixNode matrix) return MatrixAlgebra.Determinant(matrix);
        bool inverse = exponent is NumberNode { Value: var power } && power == Rational.MinusOne;
        if (inverse) return new CallNode("arc" + name, arguments);
        var call = new CallNode(Canonical(name), arguments);
        return exponent is null ? call : new PowerNode(call, exponent);
    }

    private static string Canonical(string name) => name switch
    {
        "asin" => "arcsin", "acos" => "arccos", "atan" or "arctg" => "arctan", "tg" => "tan", "ctg" => "cot", "sign" => "sgn",
        "asinh" => "arcsinh", "acosh" => "arccosh", "atanh" => "arctanh",
        _ => name,
    };

    /// <summary>sin(x) takes the brackets; sin 2x takes the factors up to the next operator or function.</summary>
    private Node ParseFunctionArgument()
    {
        if (++_depth > MaxDepth) return Fail();
        Node argument;
        if (Current is { Kind: TokenKind.Open, Character: '(' or '{' or '[' } open && !open.Escaped)
        {
            _position++;
            argument = ParseList(TokenKind.Close);
            if (Current.Kind == TokenKind.Close) _position++;
        }
        else
        {
            bool negative = TakeIf('-');
            argument = ParsePower();
            while (!_failed && Current.Kind is TokenKind.Symbol or TokenKind.Frac or TokenKind.Sqrt && StartsImplicitFactor(argument)) argument = MatrixAlgebra.Product([argument, ParsePower()]);
            if (Current.Kind == TokenKind.Degree)
            {
                _position++;
                argument = new QuantityNode(argument, Unit.Degree);
            }
            else if (TakeIf('/')) argument = new ProductNode([argument, new PowerNode(ParsePower(), Node.MinusOne)]);
            if (negative) argument = Node.Negate(argument);
        }

        _depth--;
        return argument;
    }
}
