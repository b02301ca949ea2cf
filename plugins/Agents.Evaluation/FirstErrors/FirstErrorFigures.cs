namespace Agents.Evaluation;

/// <summary>How well first errors were located on the solutions of one task.</summary>
/// <param name="Task">The task.</param>
/// <param name="Traces">Solutions.</param>
/// <param name="Wrong">Those with a wrong step.</param>
/// <param name="Located">Of these, those whose first wrong step was named exactly.</param>
/// <param name="Chance">What naming a step of each wrong solution at random would locate, as a share.</param>
/// <param name="Flagged">Solutions in which any step was named.</param>
/// <param name="FlaggedRight">Of the solutions without a wrong step, those in which one was named.</param>
/// <param name="Exact">Solutions about which all was right: the step, or that there is none.</param>
/// <param name="BestConstant">The most solutions about which one and the same statement is right ("no error", or always the same step).</param>
/// <param name="Judged">Steps that got a score.</param>
/// <param name="Steps">Steps in all.</param>
public sealed record FirstErrorFigures(string Task, int Traces, int Wrong, int Located, double Chance, int Flagged, int FlaggedRight, int Exact, int BestConstant, int Judged, int Steps)
{
    /// <summary>The figures of solutions and of what was said about each.</summary>
    /// <param name="task">The task.</param>
    /// <param name="located">Each solution, the step named in it or null, and how many of its steps got a score.</param>
    public static FirstErrorFigures Of(string task, IReadOnlyList<(LabelledTrace Trace, int? Named, int Judged)> located)
    {
        ArgumentNullException.ThrowIfNull(located);
        (LabelledTrace Trace, int? Named, int Judged)[] wrong = [.. located.Where(l => l.Trace.FirstError is not null)];
        return new FirstErrorFigures(
            task,
            located.Count,
            wrong.Length,
            wrong.Count(l => l.Named == l.Trace.FirstError),
            wrong.Length == 0 ? 0 : wrong.Average(l => 1.0 / l.Trace.Steps.Count),
            located.Count(l => l.Named is not null),
            located.Count(l => l.Named is not null && l.Trace.FirstError is null),
            located.Count(l => l.Named == l.Trace.FirstError),
            located.Count == 0 ? 0 : located.GroupBy(l => l.Trace.FirstError ?? -1).Max(g => g.Count()),
            located.Sum(l => l.Judged),
            located.Sum(l => l.Trace.Steps.Count));
    }
}
