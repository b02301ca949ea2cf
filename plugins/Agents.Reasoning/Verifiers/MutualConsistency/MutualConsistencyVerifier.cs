using System.Globalization;
using Agents.Answers;
using Agents.Reasoning.Strategies;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Mutual consistency: another model is given the first 20–50% of a solution's steps and completes it; the score is the share of
/// its completions that arrive at the same answer. Qi et al. 2024 (rStar), arXiv:2408.06195. Calls: K, at once. Critical path: 1.
/// Completions without an answer do not count; when none has one it abstains.
/// </summary>
public sealed class MutualConsistencyVerifier : IVerifier
{
    private const double LeastShown = 0.2;
    private const double MostShown = 0.5;

    private readonly string role;
    private readonly PromptTemplate rest;

    /// <summary>Creates the verifier.</summary>
    /// <param name="role">The role that completes; best another model than the solver's.</param>
    /// <param name="masks">K, the beginnings that it is given, 1–64.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">The role's name is none, or K is out of range.</exception>
    public MutualConsistencyVerifier(string role = Roles.Discriminator, int masks = 4, PromptCatalogue? prompts = null)
    {
        if (!Roles.IsName(role))
            throw new ArgumentException($"'{role}' cannot be a role's name.", nameof(role));
        ArgumentOutOfRangeException.ThrowIfLessThan(masks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(masks, 64);
        this.role = role;
        Masks = masks;
        rest = (prompts ?? PromptCatalogue.Shipped)[StepPrompts.Rest];
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{Name}/1|{role}|{masks}|{rest.Hash}");
    }

    /// <inheritdoc/>
    public string Name => "mutual-consistency";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>K, the completions asked for.</summary>
    public int Masks { get; }

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        if (candidate.Answer is not { } stated)
            return Verdict.Abstain(Name, "The candidate states no answer.");
        string text = candidate.Sample.Text;
        string[] steps = [.. SolutionSteps.Of(text).Select(s => StepText.Plain(text[s.Start..s.End])).Where(s => s.Length > 0 && !StepText.StatesAnswer(s))];
        Random random = context.CreateRandom(Name);
        int[] shown = [.. Enumerable.Range(0, Masks).Select(_ => (int)Math.Ceiling(steps.Length * (LeastShown + ((MostShown - LeastShown) * random.NextDouble()))))];
        Answer?[] answers = await Task.WhenAll(shown.Select(count => CompleteAsync(context, request, [.. steps.Take(count)])));
        int agreeing = answers.Count(a => a is not null && request.Equivalence.Compare(a, stated) == Equivalence.Equal), answered = answers.Count(a => a is not null);
        return answered == 0
            ? Verdict.Abstain(Name, "No completion states an answer.")
            : new Verdict(Name, (double)agreeing / answered) { Rationale = string.Create(CultureInfo.InvariantCulture, $"{agreeing} of {answered} completions of its first steps arrive at {stated.Text}.") };
    }

    private async Task<Answer?> CompleteAsync(ReasoningContext context, ReasoningRequest request, IReadOnlyList<string> steps)
    {
        bool continues = context.Capabilities(role).ContinueAssistant;
        SampleOptions sampling = new() { Temperature = 0.8, ContinueAssistant = continues };
        string begun = "<think>" + SolutionSteps.Tagged(steps);
        IReadOnlyList<ChatMessage> messages = continues
            ? [.. request.Messages, new ChatMessage(ChatRole.Assistant, begun)]
            : rest.Render(request.Messages, ("steps", PromptedWriter.Numbered(steps)));
        try
        {
            Sample said = await context.JudgeAsync(role, messages, sampling);
            string whole = continues ? begun + said.Text : said.Text;
            return request.Extractor.Extract(said with { Outcome = said.Outcome with { Text = whole } }, request.ExpectedAnswer);
        }
        catch (ModelCallException)
        {
            return null;
        }
    }
}
