using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Isotonic regression of labels on scores by pooling adjacent violators: Ayer et al. 1955, Annals of Mathematical Statistics
/// 26(4); for calibration Zadrozny and Elkan 2002, KDD. At the scores of the fit its values are the means of blocks, so that
/// their mean is the mean of the labels.
/// </summary>
internal static class IsotonicFit
{
    /// <summary>The map's knots: each block's lowest and highest score with the share of right labels in it.</summary>
    public static IReadOnlyList<CalibrationKnot> Knots(IReadOnlyList<LabelledScore> scores)
    {
        var blocks = new List<Block>();
        foreach (IGrouping<double, LabelledScore> equal in scores.GroupBy(s => s.Score).OrderBy(g => g.Key))
        {
            var block = new Block(equal.Key, equal.Key, equal.Count(s => s.Correct), equal.Count());
            // Strictly below: blocks of equal share stay apart, which changes no value.
            while (blocks.Count > 0 && blocks[^1].Share > block.Share)
            {
                block = blocks[^1].With(block);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return [.. blocks.SelectMany(b => b.Low == b.High ? [new CalibrationKnot(b.Low, b.Share)] : new[] { new CalibrationKnot(b.Low, b.Share), new CalibrationKnot(b.High, b.Share) })];
    }

    private readonly record struct Block(double Low, double High, int Right, int Count)
    {
        public double Share => (double)Right / Count;

        public Block With(Block above) => new(Low, above.High, Right + above.Right, Count + above.Count);
    }
}
