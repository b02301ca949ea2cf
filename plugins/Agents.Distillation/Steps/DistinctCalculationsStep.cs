using Agents.Reasoning.Verifiers;

namespace Agents.Distillation;

/// <summary>
/// Keeps one trace of each set of calculations of a question, the first: rejection-sampling fine-tuning gains from different
/// ways to the answer and not from repetitions. Yuan et al. 2023, arXiv:2308.01825. Traces without calculations are told apart by their text.
/// </summary>
public sealed class DistinctCalculationsStep : IDistillationStep
{
    /// <inheritdoc/>
    public string Name => "distinct calculations";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TraceDecision>> DecideAsync(TrainingQuestion question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ValueTask.FromResult<IReadOnlyList<TraceDecision>>([.. question.Traces.Select(trace =>
            seen.Add(KeyOf(trace.Text)) ? TraceDecision.Keep(trace) : TraceDecision.Drop(trace, "same calculations"))]);
    }

    /// <summary>The calculations of a text as a set, written without spaces; its words where it has none.</summary>
    public static string KeyOf(string text)
    {
        string[] calculations = [.. ArithmeticVerifier.Calculations(text).Select(c => Plain(c.Text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return calculations.Length > 0 ? string.Join('\n', calculations) : "text:" + string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // "$6 × 7 = 42$" and "6*7=42" are one calculation.
    private static string Plain(string calculation) =>
        string.Concat(calculation.Where(c => !char.IsWhiteSpace(c) && c is not ('$' or ',')).Select(c => c switch { '×' or '·' => '*', '÷' => '/', '−' or '–' => '-', _ => c }));
}
