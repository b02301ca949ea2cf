using System.Globalization;
using Agents.Reasoning.Strategies;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// A model judges candidates by a rubric, with a reference where there is one. Zheng et al. 2023, arXiv:2306.05685; K votes and
/// log-probabilities as in generative verifiers, Zhang et al. 2024, arXiv:2408.15240. Calls: K, and one more for every verdict
/// that cannot be read. Critical path: 1 or 2. What cannot be read after that abstains; the score is the mean of the rest.
/// Candidates are data: neutralised, wrapped in tags with a nonce, and never a source of the verdict. A candidate that says
/// nothing scores 0 without a call.
/// </summary>
public sealed class LlmJudgeVerifier : IVerifier
{
    private const int TopAlternatives = 5;

    private readonly LlmJudgeOptions options;
    private readonly PromptTemplate plain;
    private readonly PromptTemplate referenced;
    private readonly PromptTemplate line;
    private readonly PromptTemplate json;
    private readonly PromptTemplate again;

    /// <summary>Creates the verifier.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public LlmJudgeVerifier(LlmJudgeOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ??= new();
        ArgumentException.ThrowIfNullOrEmpty(options.Role, "Role");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Votes, 1, "Votes");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Votes, 256, "Votes");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPoints, 1, "MaxPoints");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxPoints, 1000, "MaxPoints");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLength, 200, "MaxLength");
        ArgumentOutOfRangeException.ThrowIfNegative(options.Temperature ?? 0, "Temperature");
        prompts ??= PromptCatalogue.Shipped;
        plain = prompts["Verify/" + options.Target];
        referenced = prompts[$"Verify/{options.Target}WithReference"];
        line = prompts["Verify/Form" + options.Scale];
        json = prompts[$"Verify/Form{options.Scale}Json"];
        again = prompts["Verify/AskAgain"];
        Fingerprint = FormattableString.Invariant($"{Name}/2|{options.Target}|{options.Scale}|{options.MaxPoints}|{options.Votes}|{options.Temperature}|{options.Role}|{options.Reference is not null}|{options.MaxLength}|{plain.Hash}|{referenced.Hash}|{line.Hash}|{json.Hash}|{again.Hash}");
    }

    /// <inheritdoc/>
    public string Name => "llm-judge";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        if (!candidate.Sample.IsOk)
            return Verdict.Abstain(Name, "The sample failed; there is nothing to judge.");
        string shown = options.Target == JudgeTarget.Answer ? candidate.Answer?.Text ?? "" : SolutionText.Of(candidate);
        if (TrivialAnswer.Is(shown))
            return new Verdict(Name, 0) { Rationale = "The candidate states nothing that could be judged." };

        Call call = Prepare(context, request, candidate, shown);
        var reading = new List<Task<Vote>>();
        await foreach (Sample said in context.SampleAsync(options.Role, call.Messages, call.Options, options.Votes))
            reading.Add(ReadAsync(context, call, said));
        Vote[] votes = await Task.WhenAll(reading);
        return Conclude(votes);
    }

    private Call Prepare(ReasoningContext context, ReasoningRequest request, Candidate candidate, string shown)
    {
        string question = JudgedText.Neutralise(request.Question);
        string? reference = (options.Reference is { } of ? of(request) : request.Reference) is { } known ? JudgedText.Neutralise(known) : null;
        string judged = JudgedText.Neutralise(shown, options.MaxLength);
        string all = $"{question}\n{reference}\n{judged}";
        string nonce = JudgedText.Nonce(context.CreateRandom(string.Create(CultureInfo.InvariantCulture, $"{Name} {candidate.Index}")), all);
        SamplerCapabilities can = context.Capabilities(options.Role);
        PromptTemplate formPrompt = can.ResponseSchema ? json : line;
        string form = formPrompt.Render([], ("nonce", nonce), ("max", options.MaxPoints.ToString(CultureInfo.InvariantCulture)))[0].Text;
        bool asksProbabilities = can.LogProbabilities && options.Scale == JudgeScale.YesNo;
        SampleOptions standard = plain.Options;
        return new Call(
            (reference is null ? plain : referenced).Render([], ("nonce", nonce), ("input", question), ("reference", reference ?? ""), ("candidate", judged), ("form", form)),
            standard with
            {
                Temperature = options.Temperature ?? standard.Temperature ?? (options.Votes == 1 ? 0 : 0.7),
                ResponseSchema = can.ResponseSchema ? JudgeSchema.Of(options.Scale) : null,
                LogProbabilities = asksProbabilities,
                TopLogProbabilities = asksProbabilities ? TopAlternatives : 0,
            },
            form,
            new JudgeVerdictReader(options.Scale, options.MaxPoints, nonce, all));
    }

    /// <summary>Reads one vote; an unreadable one is asked for once more, then it abstains.</summary>
    private async Task<Vote> ReadAsync(ReasoningContext context, Call call, Sample said)
    {
        if (!said.IsOk)
            return new Vote(null, "", said.Failure!.Message);
        if (call.Reader.Read(said.Text) is { } value)
            return VoteOf(said, value);
        IReadOnlyList<ChatMessage> messages =
        [
            .. call.Messages,
            new ChatMessage(ChatRole.Assistant, ThinkingText.SetAside(said.Text).Trim()),
            .. again.Render([], ("form", call.Form)),
        ];
        try
        {
            Sample restated = await context.JudgeAsync(options.Role, messages, call.Options);
            return call.Reader.Read(restated.Text) is { } second ? VoteOf(restated, second) : new Vote(null, "", "The verdict could not be read, asked for twice.");
        }
        catch (ModelCallException e)
        {
            return new Vote(null, "", "The verdict could not be read, and asking again failed: " + e.Message);
        }
    }

    private Vote VoteOf(Sample said, double value) => new(
        options.Scale == JudgeScale.YesNo ? YesProbability.Of(said.Outcome, value == 1) ?? value : value,
        said.Text.Trim(),
        null);

    /// <summary>The mean of the votes that could be read. Sorted first, so that the order of arrival does not reach the last bit.</summary>
    private Verdict Conclude(Vote[] votes)
    {
        double[] values = [.. votes.Select(v => v.Value).OfType<double>().Order()];
        if (values.Length == 0)
            return Verdict.Abstain(Name, votes.Select(v => v.Problem).Order(StringComparer.Ordinal).FirstOrDefault() ?? "No vote came.");
        string said = votes.Where(v => v.Value is not null).Select(v => v.Text).Order(StringComparer.Ordinal).First();
        return new Verdict(Name, values.Sum() / values.Length)
        {
            Rationale = values.Length < votes.Length ? string.Create(CultureInfo.InvariantCulture, $"{values.Length} of {votes.Length} votes could be read. {said}") : said,
        };
    }

    private sealed record Vote(double? Value, string Text, string? Problem);

    private sealed record Call(IReadOnlyList<ChatMessage> Messages, SampleOptions Options, string Form, JudgeVerdictReader Reader);
}
