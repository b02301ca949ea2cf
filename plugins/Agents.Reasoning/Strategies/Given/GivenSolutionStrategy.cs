using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// A solution that is there already, as a strategy: nothing is asked. It lets what judges or revises solutions work on one from
/// elsewhere: <c>new GivenSolutionStrategy(text).VerifiedBy(verifier)</c>. Its answer is what the text states, and the text itself
/// where it states none. Not in the catalogue. Calls: 0. Critical path: 0.
/// </summary>
public sealed class GivenSolutionStrategy : IReasoningStrategy
{
    private readonly string solution;

    /// <summary>Creates the strategy.</summary>
    /// <param name="solution">The solution, or an answer alone; not blank.</param>
    /// <exception cref="ArgumentException">It is blank.</exception>
    public GivenSolutionStrategy(string solution)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(solution);
        this.solution = solution;
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("given", "A solution that is there already; nothing is asked.", "0", "0", "baseline");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => $"{About.Name}/1|{PromptHash.Of(solution)}";

    /// <inheritdoc/>
    public Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = 1 };
        var sample = new Sample(0, About.Name, CallOutcome.FromText(solution));
        Answer answer = request.Extractor.Extract(sample, request.ExpectedAnswer) ?? Answer.Parse(solution, request.ExpectedAnswer);
        Candidate candidate = evidence.Add(new Candidate(0, sample, answer));
        return Task.FromResult(evidence.Conclude(candidate, StopReason.Completed, confidence: null));
    }
}
