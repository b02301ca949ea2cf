using System.Globalization;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// A model says of each step whether it is right, given the question and the steps before it: Zheng et al. 2023,
/// arXiv:2306.05685, on steps; with log-probabilities P(yes) as in Zhang et al. 2024, arXiv:2408.15240. Calls: K a step.
/// Critical path: 1. A vote that cannot be read abstains. Steps are data: neutralised, between tags with a nonce, and never a
/// source of the verdict.
/// </summary>
public sealed class LlmStepJudgeVerifier : IStepVerifier
{
    private const int TopAlternatives = 5;
    private const string Nothing = "The step says nothing that could be judged.";

    private readonly LlmStepJudgeOptions options;
    private readonly PromptTemplate prompt;
    private readonly PromptTemplate line;
    private readonly PromptTemplate json;

    /// <summary>Creates the verifier.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LlmStepJudgeVerifier(LlmStepJudgeOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ??= new();
        if (!Roles.IsName(options.Role))
            throw new ArgumentException($"Role: '{options.Role}' cannot be a role's name.", nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Votes, 1, "Votes");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Votes, 64, "Votes");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLength, 200, "MaxLength");
        prompts ??= PromptCatalogue.Shipped;
        prompt = prompts["Verify/Step"];
        line = prompts["Verify/FormYesNo"];
        json = prompts["Verify/FormYesNoJson"];
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{Name}/1|{options.Role}|{options.Votes}|{options.Aggregation}|{options.MaxLength}|{prompt.Hash}|{line.Hash}|{json.Hash}");
    }

    /// <inheritdoc/>
    public string Name => "llm-step-judge";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        if (!candidate.Sample.IsOk)
            return Verdict.Abstain(Name, "The sample failed; there is nothing to judge.");
        string[] steps = SolutionText.Of(candidate).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        double?[] scores = await StepVerifiers.ScoreEachAsync(this, context, request, steps);
        return StepVerifiers.Aggregate(scores, options.Aggregation) is { } score
            ? new Verdict(Name, score) { Steps = scores, Rationale = string.Create(CultureInfo.InvariantCulture, $"{steps.Length} steps, the least score {scores.Min():0.##}.") }
            : Verdict.Abstain(Name, "No verdict on any step could be read.") with { Steps = scores };
    }

    /// <inheritdoc/>
    public async Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution)
    {
        if (solution.Steps.Count == 0 || string.IsNullOrWhiteSpace(solution.Steps[^1]))
            return Verdict.Abstain(Name, Nothing);
        string question = JudgedText.Neutralise(request.Question);
        string before = JudgedText.Neutralise(string.Join('\n', solution.Steps.SkipLast(1)), options.MaxLength);
        string judged = JudgedText.Neutralise(solution.Steps[^1], options.MaxLength);
        string all = $"{question}\n{before}\n{judged}";
        string nonce = JudgedText.Nonce(context.CreateRandom(Name), all);
        SamplerCapabilities can = context.Capabilities(options.Role);
        string form = (can.ResponseSchema ? json : line).Render([], ("nonce", nonce), ("max", "1"))[0].Text;
        var asking = new SampleOptions
        {
            Temperature = options.Votes == 1 ? 0 : 0.7,
            ResponseSchema = can.ResponseSchema ? JudgeSchema.Of(JudgeScale.YesNo) : null,
            LogProbabilities = can.LogProbabilities,
            TopLogProbabilities = can.LogProbabilities ? TopAlternatives : 0,
        };
        var reader = new JudgeVerdictReader(JudgeScale.YesNo, 1, nonce, all);
        var votes = new List<double?>();
        string? problem = null;
        await foreach (Sample said in context.SampleAsync(options.Role, prompt.Render([], ("nonce", nonce), ("input", question), ("steps", before), ("candidate", judged), ("form", form)), asking, options.Votes))
        {
            double? read = said.IsOk ? reader.Read(said.Text) : null;
            votes.Add(read is { } value ? YesProbability.Of(said.Outcome, value == 1) ?? value : null);
            problem ??= said.Failure?.Message;
        }

        // Sorted, so that the order of arrival does not reach the last bit.
        double[] known = [.. votes.OfType<double>().Order()];
        return known.Length == 0 ? Verdict.Abstain(Name, problem ?? "The verdict could not be read.") : new Verdict(Name, known.Sum() / known.Length);
    }
}
