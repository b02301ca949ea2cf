using System.Globalization;
using Agents.Reasoning.Strategies;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// A process model reads the question and the solution so far and says after every step, with one word, whether it is right:
/// the score is P(yes) against P(no) of that word, from its log-probabilities. Lightman et al. 2023, arXiv:2305.20050; one word
/// as the label as in Wang et al. 2023, arXiv:2312.08935. Calls: one for each step and one for the answer, of one token each,
/// on a model that continues a partial turn; with a shared prefix together they cost one reading of the solution. Critical
/// path: 1. A model that answers with neither word abstains.
/// </summary>
public sealed class ProcessVerifier : IStepVerifier
{
    /// <summary>The role that the process model plays.</summary>
    public const string DefaultRole = "process";

    private const string Unread = "The process model did not answer with yes or no.";
    private const string AnswerClose = "</answer>";

    // Below this the model means to say something else, and what is left for the two words tells nothing.
    private const double LeastMass = 0.5;

    private static readonly SampleOptions asking = new() { Temperature = 0, MaxOutputTokens = 1, LogProbabilities = true, TopLogProbabilities = 10, ContinueAssistant = true };

    private readonly ProcessVerifierOptions options;

    /// <summary>Creates the verifier.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ProcessVerifier(ProcessVerifierOptions? options = null)
    {
        this.options = options ?? new();
        if (!Roles.IsName(this.options.Role))
            throw new ArgumentException($"Role: '{this.options.Role}' cannot be a role's name.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxSteps, 1, "MaxSteps");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.MaxSteps, 1000, "MaxSteps");
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"process/1|{this.options.Role}|{this.options.Aggregation}|{this.options.MaxSteps}");
    }

    /// <inheritdoc/>
    public string Name => "process";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        if (!candidate.Sample.IsOk)
            return Verdict.Abstain(Name, "The sample failed; there is nothing to judge.");
        if (Inability(context) is { } unable)
            return Verdict.Abstain(Name, unable);
        string text = Whole(candidate.Sample);
        int[] ends = Ends(text);
        if (ends.Length == 0)
            return Verdict.Abstain(Name, "The solution is empty.");
        double?[] scores = await Task.WhenAll(ends.Select(end => ScoreAsync(context, request, text[..end])));
        if (scores[^1] is not { } last)
            return Verdict.Abstain(Name, Unread);
        double[] known = [.. scores.OfType<double>()];
        return new Verdict(Name, options.Aggregation switch
        {
            StepAggregation.Min => known.Min(),
            StepAggregation.Product => known.Aggregate(1.0, (product, score) => product * score),
            _ => last,
        })
        {
            Steps = scores[..^1],
            Rationale = string.Create(CultureInfo.InvariantCulture, $"{scores.Length - 1} steps, the least score {known.Min():0.##}; the whole {last:0.##}."),
        };
    }

    /// <summary>The score after the last step: one call, which shares its prefix with those for the steps before.</summary>
    public async Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution)
    {
        if (Inability(context) is { } unable)
            return Verdict.Abstain(Name, unable);
        return await ScoreAsync(context, request, solution.Text) is { } score
            ? new Verdict(Name, score)
            : Verdict.Abstain(Name, Unread);
    }

    /// <summary>Why the model of the role cannot be asked; null when it can.</summary>
    private string? Inability(ReasoningContext context) =>
        context.Capabilities(options.Role) is { ContinueAssistant: true, LogProbabilities: true } ? null
        : $"The model of the role '{options.Role}' must continue a partial turn and give log-probabilities.";

    private async Task<double?> ScoreAsync(ReasoningContext context, ReasoningRequest request, string sofar)
    {
        try
        {
            Sample said = await context.JudgeAsync(options.Role, [.. request.Messages, new ChatMessage(ChatRole.Assistant, sofar)], asking);
            return YesProbability.OfFirst(said.Outcome, LeastMass);
        }
        catch (ModelCallException)
        {
            return null;
        }
    }

    /// <summary>The text as it was written, thinking that was reported apart included.</summary>
    private static string Whole(Sample sample) =>
        sample.Outcome.Thinking is { Length: > 0 } thinking ? $"<think>{thinking}</think>{sample.Text}" : sample.Text;

    /// <summary>Where each step ends, its tag included, then where the answer ends.</summary>
    private int[] Ends(string text)
    {
        int answer = text.LastIndexOf(AnswerClose, StringComparison.OrdinalIgnoreCase);
        int whole = answer < 0 ? text.TrimEnd().Length : answer + AnswerClose.Length;
        if (whole == 0)
            return [];
        IEnumerable<int> steps = SolutionSteps.Of(text)
            .Select(s => text.AsSpan(s.End).StartsWith(SolutionSteps.Close, StringComparison.OrdinalIgnoreCase) ? s.End + SolutionSteps.Close.Length : s.End)
            .Where(end => end < whole);
        return [.. steps.Take(options.MaxSteps), whole];
    }
}
