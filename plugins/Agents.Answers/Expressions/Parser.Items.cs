using Agents.Answers.Reading;

namespace Agents.Answers.Expressions;

/// <content>Lists, brackets, matrices, and the words and units after an item.</content>
internal sealed partial class Parser
{
    private const int MaxItems = 400;

    private Node ParseList(TokenKind end)
    {
        while (Current.Kind is TokenKind.Comma or TokenKind.And) _position++;
        Node first = ParseItem();
        List<Node>? items = null;
        List<int>? semicolons = null;
        bool allAnd = true, dots = false;
        while (!_failed && Current.Kind is TokenKind.Comma or TokenKind.And || (!_failed && IsAdjacentItem(items is null ? first : items[^1])))
        {
            bool semicolon = Current is { Kind: TokenKind.Comma, Character: ';' };
            while (Current.Kind is TokenKind.Comma or TokenKind.And) allAnd &= Take() is { Kind: TokenKind.And, Character: 'a' };
            if (Current.Kind is TokenKind.End or TokenKind.Close or TokenKind.Row or TokenKind.EndMatrix or TokenKind.Cell) break; // a comma at the end
            items ??= [first];
            if (items.Count >= MaxItems) return Fail();
            if (semicolon) (semicolons ??= []).Add(items.Count);
            items.Add(ParseItem());
            dots |= items[^1] is SymbolNode { Name: "…" };
        }

        if (end == TokenKind.End && Current.Kind is TokenKind.Row) _position++;
        if (items is null) return first;
        if (dots && semicolons is null) items = Ellipsis.Expand(items);
        if (allAnd && NodeFacts.AreBoundsOfOneVariable(items)) return new SetOperationNode('∩', [.. items]);
        // "1,2; 3,4" is a list of two lists.
        return new CollectionNode('\0', '\0', semicolons is null || semicolons.Count == items.Count - 1 ? [.. items] : [.. Groups(items, semicolons)]);
    }

    private static IEnumerable<Node> Groups(List<Node> items, List<int> starts)
    {
        int from = 0;
        foreach (int to in starts.Append(items.Count))
        {
            yield return to - from == 1 ? items[from] : new CollectionNode('\0', '\0', [.. items[from..to]]);
            from = to;
        }
    }

    /// <summary>"(1,2) (3,4)": a bracket after a tuple begins the next item.</summary>
    private bool IsAdjacentItem(Node last) => last is CollectionNode { IsBare: false, Open: '(' } && Current is { Kind: TokenKind.Open, Character: '(' };

    private Node ParseItem()
    {
        if (Current.Kind == TokenKind.Words && IsHedge(Current.Text!) && Ahead(1).Kind is TokenKind.Number or TokenKind.Currency or TokenKind.Frac) _position++;
        Node node = ParseRelation();
        return _failed || Current.Kind is not (TokenKind.Words or TokenKind.Currency) ? node : ParseUnit(node);
    }

    private static bool IsHedge(string word) => word.Equals("about", StringComparison.OrdinalIgnoreCase) || word.Equals("approximately", StringComparison.OrdinalIgnoreCase)
        || word.Equals("around", StringComparison.OrdinalIgnoreCase) || word.Equals("roughly", StringComparison.OrdinalIgnoreCase) || word.Equals("nearly", StringComparison.OrdinalIgnoreCase) || word is "约" or "大约";

    private WordsNode ParseWords(Token first)
    {
        if (Current.Kind != TokenKind.Words) return new WordsNode(TextKey.Fold(first.Text!));
        List<string> words = [first.Text!];
        while (Current.Kind == TokenKind.Words) words.Add(Take().Text!);
        return new WordsNode(TextKey.Fold(string.Join(' ', words)));
    }

    private Node ParseBrackets(Token open)
    {
        bool isSet = open is { Character: '{', Escaped: true };
        bool french = open.Kind == TokenKind.Close;
        if (Current.Kind == TokenKind.Close && !french)
        {
            _position++;
            return isSet || (open.Character == '{' && _tokens.Count == 3) ? new SymbolNode("∅") : Fail();
        }

        (bool inSet, int bars) = (_inSet, _bars);
        (_inSet, _bars) = (open.Character == '{', 0);
        Node content = ParseList(TokenKind.Close);
        if (_inSet && (Current.Kind == TokenKind.Bar || Current.Is(':')))
        {
            // {x | x > 0}: the condition says it all.
            _position++;
            isSet = false;
            content = ParseList(TokenKind.Close);
        }

        (_inSet, _bars) = (inSet, bars);
        if (_failed) return content;
        char close = Current.Kind == TokenKind.End ? Matching(open.Character) : Current.Character;
        if (Current.Kind == TokenKind.Close || Current is { Kind: TokenKind.Open, Character: '[' }) _position++;
        else if (Current.Kind != TokenKind.End) return Fail();

        Node[] items = content is CollectionNode { Open: '\0' } list ? list.Items : [content];
        if (open.Character is '⌊' or '⌈') return new CallNode(open.Character == '⌊' ? "floor" : "ceil", items);
        if (french || close == '[') return items.Length == 2 ? new CollectionNode(french ? '(' : '[', close == '[' ? ')' : ']', items) : Fail();
        if (isSet) return new CollectionNode('{', '}', items, escaped: true);
        if (items.Length == 1) return content is PlusMinusNode or CollectionNode ? items[0] : content;
        return new CollectionNode(open.Character, close, items);
    }

    private static char Matching(char open) => open switch { '(' => ')', '[' => ']', '{' => '}', _ => open };

    private Node ParseMatrix(string name)
    {
        if (++_depth > MaxDepth) return Fail();
        List<Node[]> rows = [];
        List<Node> row = [];
        int cells = 0;
        bool open = true, derives = name is "split" or "gathered" or "gather" || name.StartsWith("align", StringComparison.Ordinal);
        while (!_failed && open)
        {
            while (Current.Kind == TokenKind.Cell && row.Count == 0 && name.StartsWith("align", StringComparison.Ordinal)) _position++;
            if (Current.Kind is TokenKind.EndMatrix or TokenKind.Row or TokenKind.End)
            {
                if (row.Count > 0) rows.Add([.. row]);
                row.Clear();
                open = Take().Kind == TokenKind.Row;
                continue;
            }

            if (Current.Kind == TokenKind.Cell)
            {
                _position++;
                continue;
            }

            while (name == "cases" && Current is { Kind: TokenKind.Words, Text: "if" or "when" or "for" or "where" or "If" or "When" or "For" }) _position++;
            if (++cells > MaxItems) return Fail();
            if (rows.Count > 0 && row.Count == 0) derives &= Current.Is('=');
            row.Add(ParseList(TokenKind.Cell));
            if (Current.Kind is not (TokenKind.Cell or TokenKind.Row or TokenKind.EndMatrix or TokenKind.End)) return Fail();
        }

        _depth--;
        if (rows.Count == 0) return Fail();
        // "x &= 1 + 2 \\\\ &= 3": one derivation, told by its conclusion.
        if (derives && rows.Count > 1) return rows[0][0] is RelationNode { Operands: [var named, ..] } ? new RelationNode([named, rows[^1][^1]], ['=']) : rows[^1][^1];
        var matrix = new MatrixNode([.. rows]);
        return name is "vmatrix" ? MatrixAlgebra.Determinant(matrix) : rows.Count == 1 && rows[0].Length == 1 ? rows[0][0] : matrix;
    }
}
