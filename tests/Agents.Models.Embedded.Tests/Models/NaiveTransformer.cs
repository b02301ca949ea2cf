namespace Agents.Models.Embedded.Tests.Models;

/// <summary>The model written down as plainly as possible, in double precision, one text at a time, nothing kept: the twin of the fast path.</summary>
internal sealed class NaiveTransformer(ModelShape shape, IReadOnlyDictionary<string, float[]> weights)
{
    /// <summary>Logits after each token.</summary>
    public double[][] Run(IReadOnlyList<int> tokens)
    {
        double[][] x = [.. tokens.Select(t => weights["embed.weight"].Skip(t * shape.Width).Take(shape.Width).Select(w => (double)w).ToArray())];
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            string name = $"layers.{layer}.";
            double[][] normed = [.. x.Select(row => Norm(row, name + "attn_norm.weight"))];
            double[][] q = [.. normed.Select((row, p) => Rotated(Times(name + "wq.weight", row), p))];
            double[][] k = [.. normed.Select((row, p) => Rotated(Times(name + "wk.weight", row), p))];
            double[][] v = [.. normed.Select(row => Times(name + "wv.weight", row))];
            for (int p = 0; p < x.Length; p++)
                x[p] = Sum(x[p], Times(name + "wo.weight", Attention(q[p], k, v, p)));
            for (int p = 0; p < x.Length; p++)
            {
                double[] h = Norm(x[p], name + "ffn_norm.weight");
                double[] gate = Times(name + "w_gate.weight", h), up = Times(name + "w_up.weight", h);
                x[p] = Sum(x[p], Times(name + "w_down.weight", [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)]));
            }
        }

        return [.. x.Select(row => Times("embed.weight", Norm(row, "norm.weight")))];
    }

    private double[] Attention(double[] q, double[][] k, double[][] v, int position)
    {
        var result = new double[shape.QueryWidth];
        int d = shape.HeadWidth;
        for (int head = 0; head < shape.Heads; head++)
        {
            int shared = head / (shape.Heads / shape.KeyValueHeads);
            double[] scores = [.. Enumerable.Range(0, position + 1).Select(p => Enumerable.Range(0, d).Sum(i => q[head * d + i] * k[p][shared * d + i]) / Math.Sqrt(d))];
            double top = scores.Max(), total = scores.Sum(s => Math.Exp(s - top));
            for (int p = 0; p <= position; p++)
            {
                for (int i = 0; i < d; i++)
                    result[head * d + i] += Math.Exp(scores[p] - top) / total * v[p][shared * d + i];
            }
        }

        return result;
    }

    private double[] Rotated(double[] row, int position)
    {
        int d = shape.HeadWidth, half = d / 2;
        double[] turned = [.. row];
        for (int head = 0; head < row.Length; head += d)
        {
            for (int i = 0; i < half; i++)
            {
                double angle = position * Math.Pow(shape.RotaryBase, -2.0 * i / d);
                (double a, double b) = (row[head + i], row[head + half + i]);
                turned[head + i] = a * Math.Cos(angle) - b * Math.Sin(angle);
                turned[head + half + i] = b * Math.Cos(angle) + a * Math.Sin(angle);
            }
        }

        return turned;
    }

    private double[] Times(string name, double[] x)
    {
        float[] matrix = weights[name];
        return [.. Enumerable.Range(0, matrix.Length / x.Length).Select(row => x.Select((value, i) => value * matrix[row * x.Length + i]).Sum())];
    }

    private double[] Norm(double[] x, string name)
    {
        double scale = 1 / Math.Sqrt(x.Average(v => v * v) + shape.NormEpsilon);
        return [.. x.Select((value, i) => value * scale * weights[name][i])];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
