using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <content>The words and units after an item.</content>
internal sealed partial class Parser
{
    private const int MaxUnitPower = 6;

    /// <summary>The words after an item: a unit when the item is a number ("5 cm", "17 any words"), otherwise no expression.</summary>
    private Node ParseUnit(Node node)
    {
        List<string> words = [];
        List<int> powers = [];
        while (!_failed)
        {
            if (Current.Kind == TokenKind.Currency) words.Add(CurrencyUnit(Take().Character).Name);
            else if (Current.Kind == TokenKind.Words) words.Add(Take().Text!);
            else if ((Current.Is('/') || Current.Is('*')) && Ahead(1).Kind == TokenKind.Words)
            {
                if (Take().Character == '/') words.Add("/");
            }
            else if (Current.Is('^') && words.Count > 0)
            {
                if (!TakeUnitPower(out int power)) return Fail();
                powers[^1] = power;
            }
            else break;
            while (powers.Count < words.Count) powers.Add(1);
        }

        if (words.Count > 0 && Magnitude(words[0]) is var scale and > 0 && (node as QuantityNode)?.Amount is NumberNode or null && (node is NumberNode or QuantityNode))
        {
            NumberNode scaled = Scaled((NumberNode)((node as QuantityNode)?.Amount ?? node), scale);
            node = node is QuantityNode { Unit: var sign } ? new QuantityNode(scaled, sign) : scaled;
            words.RemoveAt(0);
            powers.RemoveAt(0);
            if (words.Count == 0) return node;
        }

        Unit unit = UnitTable.ReadPhrase(words, powers);
        if (node is RelationNode relation)
        {
            relation.Operands[^1] = ParseSmallerUnits(new QuantityNode(relation.Operands[^1], unit));
            return relation;
        }

        if (node is WordsNode || !NodeFacts.IsConstant(node)) return Fail();
        return node is QuantityNode { Unit.IsKnown: true } ? node : ParseSmallerUnits(new QuantityNode(node is QuantityNode inner ? inner.Amount : node, unit));
    }

    /// <summary>"2 hours 15 minutes", "5 feet and 6 inches": amounts in ever smaller units of one dimension add up.</summary>
    private QuantityNode ParseSmallerUnits(QuantityNode quantity)
    {
        while (quantity is { Unit.IsKnown: true, Amount: NumberNode { Value: var amount } })
        {
            int skip = Current.Kind is TokenKind.And or TokenKind.Comma ? 1 : 0;
            if (Ahead(skip) is not { Kind: TokenKind.Number, Number: { } number } || Ahead(skip + 1) is not { Kind: TokenKind.Words, Text: { } word }) break;
            if (UnitTable.Find(word) is not { } smaller || smaller.Dimension != quantity.Unit.Dimension || !(smaller.Factor < quantity.Unit.Factor)) break;
            _position += skip + 2;
            quantity = new QuantityNode(new NumberNode((amount * quantity.Unit.Factor / smaller.Factor) + number.Value), smaller);
        }

        return quantity;
    }

    /// <summary>Whether a fraction of words begins: \frac{\text{m}}{\text{s}^2}.</summary>
    private bool IsUnitFraction() => Ahead(1).Kind == TokenKind.Open && Ahead(2) is { Kind: TokenKind.Words, Text: { } word } && UnitTable.Find(word) is not null;

    private Unit ParseUnitFraction()
    {
        _position++;
        List<string> words = [];
        List<int> powers = [];
        for (int part = 0; part < 2; part++)
        {
            if (part == 1)
            {
                words.Add("/");
                powers.Add(1);
            }

            if (Current.Kind == TokenKind.Open) _position++;
            while (!_failed && Current.Kind == TokenKind.Words)
            {
                words.Add(Take().Text!);
                powers.Add(Current.Is('^') && TakeUnitPower(out int power) ? power : 1);
            }

            if (Current.Kind == TokenKind.Close) _position++;
            else Fail();
        }

        return UnitTable.ReadPhrase(words, powers);
    }

    /// <summary>"5 \Omega" at the end, "10 \mu\text{m}".</summary>
    private Unit? TakeUnitSymbol()
    {
        if (Current is not { Kind: TokenKind.Symbol, Text: "Omega" or "mu" } token) return null;
        if (token.Text == "Omega" && Ahead(1).Kind != TokenKind.End) return null;
        if (token.Text == "mu" && Ahead(1).Kind != TokenKind.Words) return null;
        _position++;
        return token.Text == "Omega" ? UnitTable.Find("Ω") : UnitTable.Find("μ" + Take().Text);
    }

    private bool TakeUnitPower(out int power)
    {
        _position++;
        power = 1;
        if (ParseExponent() is not NumberNode { Value: { IsInteger: true } value } || value.Abs() > MaxUnitPower)
        {
            Fail();
            return false;
        }

        power = (int)value.Numerator;
        return true;
    }

    private static NumberNode Scaled(NumberNode number, long scale)
    {
        int zeros = scale == 12 ? 0 : scale.ToString(System.Globalization.CultureInfo.InvariantCulture).Length - 1;
        return new NumberNode(number.Value * (Rational)scale, number.IsExact ? -1 : Math.Max(0, number.Decimals - zeros), number.Significant);
    }

    /// <summary>What a word such as "million" multiplies by, or 0.</summary>
    private static long Magnitude(string word) => word.ToLowerInvariant() switch
    {
        "dozen" or "dozens" => 12,
        "hundred" => 100,
        "thousand" => 1000,
        "万" => 10_000,
        "million" or "millions" => 1_000_000,
        "亿" => 100_000_000,
        "billion" or "billions" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => 0,
    };
}
