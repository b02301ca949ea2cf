using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Reasoning.Strategies;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// The model that solved is shown its solution as its own turn and says in percent how sure it is. Tian et al. 2023,
/// arXiv:2305.14975. Calls: 1. Critical path: 1. A reply without the line asked for abstains. Models tend to be far too sure of
/// themselves, so calibrate the score before comparing it with a threshold.
/// </summary>
public sealed partial class VerbalisedConfidenceVerifier : IVerifier
{
    private readonly PromptTemplate prompt;

    /// <summary>Creates the verifier.</summary>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    public VerbalisedConfidenceVerifier(PromptCatalogue? prompts = null)
    {
        prompt = (prompts ?? PromptCatalogue.Shipped)["Verify/Confidence"];
        Fingerprint = $"{Name}/1|{prompt.Hash}";
    }

    /// <inheritdoc/>
    public string Name => "verbalised-confidence";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        if (candidate.Answer is not { } answer)
            return Verdict.Abstain(Name, "The candidate states no answer to be sure of.");
        IReadOnlyList<ChatMessage> messages = [.. request.Messages, new ChatMessage(ChatRole.Assistant, SolutionText.Of(candidate)), .. prompt.Render([])];
        if (await Drafting.AskAsync(context, Roles.Solver, messages, prompt.Options) is not { } said)
            return Verdict.Abstain(Name, "Asking for the confidence failed.");
        Match stated = Stated().Match(said);
        return stated.Success && int.Parse(stated.Groups["percent"].Value, CultureInfo.InvariantCulture) is <= 100 and var percent
            ? new Verdict(Name, percent / 100.0) { Rationale = $"It says that it is {percent}% sure of {answer.Text}." }
            : Verdict.Abstain(Name, "It did not say how sure it is.");
    }

    /// <summary>The last line of the form asked for.</summary>
    [GeneratedRegex(@"^\W*confidence\W*:\W*(?<percent>\d{1,3})(\.\d+)?\s*%?\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.RightToLeft | RegexOptions.ExplicitCapture)]
    private static partial Regex Stated();
}
