namespace Agents.Distillation;

/// <summary>Drops traces that go in circles: the share of word n-grams that have occurred before in the trace is too high.</summary>
/// <param name="most">The greatest share of repeated n-grams, 0–1.</param>
/// <param name="words">Words of an n-gram, at least 1.</param>
public sealed class RepetitionStep(double most = 0.3, int words = 8) : PerTraceStep
{
    private readonly double most = most is >= 0 and <= 1 ? most : throw new ArgumentOutOfRangeException(nameof(most), most, "The share must be 0 to 1.");
    private readonly int words = words >= 1 ? words : throw new ArgumentOutOfRangeException(nameof(words), words, "An n-gram has at least one word.");

    /// <inheritdoc/>
    public override string Name => "repetition";

    /// <inheritdoc/>
    protected override TraceDecision Decide(TrainingQuestion question, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return ShareOf(trace.Text, words) > most ? TraceDecision.Drop(trace, "repetition") : TraceDecision.Keep(trace);
    }

    /// <summary>The share of n-grams that have occurred before; 0 for fewer words than an n-gram has.</summary>
    public static double ShareOf(string text, int words)
    {
        string[] all = NGrams.Words(text);
        int count = all.Length - words + 1;
        if (count <= 1)
            return 0;
        var seen = new HashSet<ulong>();
        int repeated = NGrams.Of(all, words).Count(n => !seen.Add(n));
        return (double)repeated / count;
    }
}
