namespace Agents.Distillation;

/// <summary>
/// Takes of every part what its weight or count says. Which ones is decided by hashes of seed, stage, part and question: those of the
/// lowest, so that neither the order of a file nor the machine has a say.
/// </summary>
/// <param name="stage">The stage.</param>
/// <param name="seed">The seed.</param>
internal sealed class Mixture(RecipeStage stage, long seed)
{
    /// <summary>What each part gives, in units: all of it, at most its count, or its share among the parts with weights.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="available">What each holds.</param>
    /// <param name="size">What the parts with weights shall give together; null for as much as the scarcest allows.</param>
    public static int[] Sizes(IReadOnlyList<RecipePart> parts, IReadOnlyList<int> available, int? size)
    {
        int[] sizes = [.. available.Select((n, i) => Math.Min(n, parts[i].Count ?? n))];
        int[] weighted = [.. Enumerable.Range(0, parts.Count).Where(i => parts[i].Weight is not null)];
        if (weighted.Length == 0)
            return sizes;
        double sum = weighted.Sum(i => parts[i].Weight!.Value);
        double[] shares = [.. parts.Select(p => (p.Weight ?? 0) / sum)];
        // The scarcest part sets the size: the shares are kept, not the numbers. A little over a whole number is that number.
        double whole = Math.Min(size ?? double.PositiveInfinity, weighted.Min(i => sizes[i] / shares[i]));
        int total = (int)Math.Floor(whole + 1e-9);
        double[] ideal = [.. shares.Select(s => s * total)];
        foreach (int i in weighted)
            ideal[i] = Math.Min(ideal[i], sizes[i]);
        foreach (int i in weighted)
            sizes[i] = (int)Math.Floor(ideal[i] + 1e-9);
        // What rounding left over goes to the largest remainders, the first of equals.
        int rest = total - weighted.Sum(i => sizes[i]);
        foreach (int i in weighted.OrderByDescending(i => ideal[i] - sizes[i]).ThenBy(i => i).Take(Math.Max(0, rest)))
            sizes[i] = Math.Min(sizes[i] + 1, Math.Min(available[i], parts[i].Count ?? available[i]));
        return sizes;
    }

    /// <summary>How many units a part holds.</summary>
    public int Available(IReadOnlyList<TrainingQuestion> questions) =>
        stage.Unit == MixtureUnit.Questions ? questions.Count : questions.Sum(q => q.Traces.Count);

    /// <summary>So many units of a part; the questions stay in their order.</summary>
    public IReadOnlyList<TrainingQuestion> Take(RecipePart part, IReadOnlyList<TrainingQuestion> questions, int units)
    {
        if (units == Available(questions))
            return questions;
        if (stage.Unit == MixtureUnit.Questions)
        {
            HashSet<string> chosen = [.. questions.OrderBy(q => Place("mix", part, q.Id)).ThenBy(q => q.Id, StringComparer.Ordinal).Take(units).Select(q => q.Id)];
            return [.. questions.Where(q => chosen.Contains(q.Id))];
        }

        HashSet<(string, int)> traces = [.. questions.SelectMany(q => q.Traces.Select((_, i) => (q.Id, Index: i)))
            .OrderBy(t => Place("mix", part, FormattableString.Invariant($"{t.Id}|{t.Index}"))).ThenBy(t => t.Id, StringComparer.Ordinal).ThenBy(t => t.Index).Take(units)];
        return [.. questions.Select(q => q with { Traces = [.. q.Traces.Where((_, i) => traces.Contains((q.Id, i)))] }).Where(q => q.Traces.Count > 0)];
    }

    /// <summary>The questions of all parts in the order of the files: of one part as they came, of several mixed.</summary>
    public IEnumerable<(RecipePart Part, TrainingQuestion Question)> InOrder(IReadOnlyList<IReadOnlyList<TrainingQuestion>> taken)
    {
        IEnumerable<(RecipePart Part, TrainingQuestion Question)> all = taken.SelectMany((questions, i) => questions.Select(q => (stage.Parts[i], q)));
        return taken.Count == 1 ? all : all.OrderBy(q => Place("order", q.Part, q.Question.Id)).ThenBy(q => q.Part.Name, StringComparer.Ordinal).ThenBy(q => q.Question.Id, StringComparer.Ordinal);
    }

    private double Place(string purpose, RecipePart part, string id) => QuestionSplit.Place(seed, $"{purpose}|{stage.Name}|{part.Name}", id);
}
