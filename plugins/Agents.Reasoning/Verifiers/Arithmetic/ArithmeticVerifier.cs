using System.Globalization;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Checks every calculation that a solution writes out, exactly and without a model: sums, products, powers, percentages,
/// chains such as <c>3*4 = 12 + 5 = 17</c>, calculator annotations (Cobbe et al. 2021, arXiv:2110.14168). Units are ignored;
/// rounding is tolerated only when announced ("≈", "about", "rounded", "3.33…"). Calls: 0. The score of a line, and of the
/// whole, is 1 when all its calculations are right and 0 when one is wrong; without any it is an abstention. The minimum and
/// not the share, because one slip decides: of recorded solutions with a wrong calculation 7% had the right answer (GSM8K,
/// 11 of 151; SVAMP, 32 of 513). Right calculations do not make a right solution: a 1 says that no slip was found.
/// </summary>
public sealed class ArithmeticVerifier : IStepVerifier
{
    private const int MaxQuoted = 3;

    /// <inheritdoc/>
    public string Name => "arithmetic";

    /// <inheritdoc/>
    public string Fingerprint => "arithmetic/2";

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) =>
        Task.FromResult(Check(SolutionText.Stated(candidate)));

    /// <inheritdoc/>
    public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) =>
        Task.FromResult(Check(solution.Text));

    /// <summary>Checks the calculations of a text.</summary>
    /// <param name="text">The solution; its steps are those that it marks, else its non-blank lines.</param>
    public static Verdict Check(string text)
    {
        IReadOnlyList<Calculation> calculations = CalculationFinder.Find(text);
        if (calculations.Count == 0)
            return Verdict.Abstain("arithmetic", "The solution writes out no calculation.");
        Calculation[] wrong = [.. calculations.Where(c => !c.IsRight)];
        return new Verdict("arithmetic", wrong.Length == 0 ? 1 : 0)
        {
            Steps = [.. SolutionSteps.Of(text).Select(step => Least([.. calculations.Where(c => c.Start >= step.Start && c.Start < step.End)]))],
            Rationale = wrong.Length == 0
                ? string.Create(CultureInfo.InvariantCulture, $"All {calculations.Count} calculations are right.")
                : string.Create(CultureInfo.InvariantCulture, $"{wrong.Length} of {calculations.Count} calculations are wrong: {string.Join("; ", wrong.Take(MaxQuoted).Select(c => c.Text.ReplaceLineEndings(" ")))}"),
        };
    }

    /// <summary>The calculations that a text writes out, in order, each checked.</summary>
    public static IReadOnlyList<Calculation> Calculations(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CalculationFinder.Find(text);
    }

    private static double? Least(IReadOnlyList<Calculation> calculations) =>
        calculations.Count == 0 ? null : calculations.All(c => c.IsRight) ? 1 : 0;
}
