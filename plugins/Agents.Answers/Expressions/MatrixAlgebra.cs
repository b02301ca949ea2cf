namespace Agents.Answers.Expressions;

/// <summary>Sums and products in which matrices occur are worked out when read; all else stays as written.</summary>
internal static class MatrixAlgebra
{
    private const int MaxSide = 12;

    /// <summary>Products share their cells; without this bound a chain of them would be a tree of exponential size.</summary>
    private const int MaxSize = 2000;

    public static Node Sum(List<Node> terms)
    {
        if (!terms.Exists(t => t is MatrixNode)) return new SumNode([.. terms]);
        if (NodeFacts.SizeExceeds(terms, MaxSize) || !terms.TrueForAll(t => t is MatrixNode m && SameShape(m, (MatrixNode)terms[0]))) return new SumNode([.. terms]);
        var first = (MatrixNode)terms[0];
        return new MatrixNode([.. first.Rows.Select((row, r) => row.Select((_, c) => (Node)new SumNode([.. terms.Select(t => ((MatrixNode)t).Rows[r][c])])).ToArray())]);
    }

    public static Node Product(List<Node> factors)
    {
        if (!factors.Exists(f => f is MatrixNode) || NodeFacts.SizeExceeds(factors, MaxSize)) return new ProductNode([.. factors]);
        Node product = factors[0];
        foreach (Node factor in factors.Skip(1))
        {
            if (NodeFacts.SizeExceeds([product, factor], MaxSize)) return new ProductNode([.. factors]);
            product = Multiply(product, factor);
        }

        return product;
    }

    private static Node Multiply(Node left, Node right) => (left, right) switch
    {
        (MatrixNode a, MatrixNode b) => Multiply(a, b),
        (MatrixNode a, _) => a.Map(cell => new ProductNode([right, cell])),
        (_, MatrixNode b) => b.Map(cell => new ProductNode([left, cell])),
        _ => new ProductNode([left, right]),
    };

    private static Node Multiply(MatrixNode a, MatrixNode b)
    {
        int inner = b.Rows.Length, columns = b.Rows[0].Length;
        if (a.Rows.Length > MaxSide || inner > MaxSide || columns > MaxSide || !Array.TrueForAll(a.Rows, r => r.Length == inner) || !Array.TrueForAll(b.Rows, r => r.Length == columns)) return new ProductNode([a, b]);
        return new MatrixNode([.. a.Rows.Select(row => Enumerable.Range(0, columns)
            .Select(c => (Node)new SumNode([.. row.Select((cell, k) => new ProductNode([cell, b.Rows[k][c]]))]))
            .ToArray())]);
    }

    /// <summary>The determinant written out, up to three rows; beyond that it stays a call.</summary>
    public static Node Determinant(MatrixNode matrix)
    {
        Node[][] m = matrix.Rows;
        if (!Array.TrueForAll(m, row => row.Length == m.Length)) return new CallNode("det", matrix);
        return m.Length switch
        {
            1 => m[0][0],
            2 => Minor(m, 0, 1, 0, 1),
            3 => new SumNode([
                new ProductNode([m[0][0], Minor(m, 1, 2, 1, 2)]),
                new ProductNode([Node.MinusOne, m[0][1], Minor(m, 1, 2, 0, 2)]),
                new ProductNode([m[0][2], Minor(m, 1, 2, 0, 1)])]),
            _ => new CallNode("det", matrix),
        };
    }

    private static SumNode Minor(Node[][] m, int r, int s, int c, int d) =>
        new([new ProductNode([m[r][c], m[s][d]]), new ProductNode([Node.MinusOne, m[r][d], m[s][c]])]);

    public static MatrixNode Transpose(MatrixNode matrix)
    {
        int columns = matrix.Rows[0].Length;
        return Array.TrueForAll(matrix.Rows, row => row.Length == columns)
            ? new MatrixNode([.. Enumerable.Range(0, columns).Select(c => matrix.Rows.Select(row => row[c]).ToArray())])
            : matrix;
    }

    private static bool SameShape(MatrixNode a, MatrixNode b) =>
        a.Rows.Length == b.Rows.Length && a.Rows.Zip(b.Rows).All(pair => pair.First.Length == pair.Second.Length);
}
