using Agents.Search.Scoring;

namespace Agents.Reasoning.Verifiers;

/// <summary>Step verifiers made of other verifiers.</summary>
public static class StepVerifiers
{
    /// <summary>
    /// The verifier itself where it judges steps; else it judges what is written so far as if it were the whole solution, which
    /// suits verifiers that ask whether anything is wrong and not those that ask for an answer: they abstain before the end.
    /// Calls a step: the verifier's own.
    /// </summary>
    public static IStepVerifier Of(IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return verifier as IStepVerifier ?? new LiftedStepVerifier(verifier);
    }

    /// <summary>The score of a solution, by those of its steps; abstentions are passed over. Null when no step has one.</summary>
    public static double? Aggregate(IEnumerable<double?> scores, StepAggregation aggregation) => StepScores.Aggregate(scores, aggregation switch
    {
        StepAggregation.Min => ScoreAggregation.Min,
        StepAggregation.Product => ScoreAggregation.Product,
        _ => ScoreAggregation.Last,
    });

    /// <summary>The scores of the first, the first two, … and all steps, one for each; null where the verifier abstained or failed.</summary>
    /// <param name="verifier">The verifier; its calls are made in the branch <c>step{i}</c> of the context.</param>
    /// <param name="context">Where the calls are made; all steps are judged at once.</param>
    /// <param name="request">The question.</param>
    /// <param name="steps">The steps of a solution, without tags.</param>
    /// <param name="tokens">The tokens of each step with their log-probabilities; null where they are not known.</param>
    public static Task<double?[]> ScoreEachAsync(IStepVerifier verifier, ReasoningContext context, ReasoningRequest request, IReadOnlyList<string> steps, IReadOnlyList<IReadOnlyList<TokenLogProbability>>? tokens = null)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(steps);
        return Task.WhenAll(Enumerable.Range(0, steps.Count).Select(i => ScoreAsync(i)));

        async Task<double?> ScoreAsync(int i)
        {
            string[] before = [.. steps.Take(i + 1)];
            string text = SolutionSteps.Tagged(before);
            var written = new Sample(0, FormattableString.Invariant($"step{i}"), CallOutcome.FromText(text) with { LogProbabilities = tokens?[i] ?? [] });
            try
            {
                return (await verifier.VerifyStepAsync(context.Branch(FormattableString.Invariant($"step{i}")), request, new PartialSolution(before, text, written, false, null))).Score;
            }
            catch (ModelCallException)
            {
                return null;
            }
        }
    }
}
