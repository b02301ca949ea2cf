using System.Globalization;
using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Universal self-consistency: the model itself names the response that agrees best with the others, which also works for
/// answers that cannot be compared by value. Calls: N + K. Critical path: 2. Chen et al. 2023, arXiv:2311.17311. Long contexts and
/// position bias are its weak points: the order is shuffled, and K &gt; 1 selections vote. A selection that cannot be read
/// abstains; without any the plurality of the answers decides, and the result says so.
/// </summary>
public sealed class UniversalSelfConsistencyStrategy : IReasoningStrategy
{
    private readonly UniversalSelfConsistencyOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate selection;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public UniversalSelfConsistencyStrategy(UniversalSelfConsistencyOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Selections, 1, "Selections");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxResponseLength, 100, "MaxResponseLength");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        selection = (prompts ?? PromptCatalogue.Shipped)["Reasoning/UniversalSelfConsistency"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("universal-self-consistency", "Sample many solutions; the model names the one that agrees best with the others.", "N + K", "2", "Chen et al. 2023, arXiv:2311.17311");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Samples}|{options.Selections}|{options.MaxResponseLength}|{options.Temperature}|{prompt.Fingerprint}|{selection.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        await evidence.DrawAsync(prompt, options.Temperature, options.Samples);

        // A response that states no answer cannot be the answer, however well it agrees.
        Candidate[] responses = [.. evidence.Candidates.Where(c => c.Answer is not null)];
        if (responses.Length < 2)
            return evidence.ConcludeByVote(StopReason.Completed);

        context.Report(new StageStarted("select", options.Selections));
        Candidate?[] selected = await Task.WhenAll(Enumerable.Range(0, options.Selections).Select(k => SelectAsync(context.Branch($"select{k}"), request, responses)));
        Candidate[] chosen = [.. selected.OfType<Candidate>()];
        if (chosen.Length < selected.Length)
            evidence.Note($"{selected.Length - chosen.Length} of {selected.Length} selections could not be read or failed, and abstain.");
        if (chosen.Length == 0)
            return evidence.ConcludeByVote(StopReason.Completed);
        Candidate winner = chosen.GroupBy(c => c.Index).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().First();
        VoteTally votes = evidence.Votes;
        return evidence.Conclude(winner, StopReason.Completed, Evidence.ShareOf(winner, votes), votes);
    }

    private async Task<Candidate?> SelectAsync(ReasoningContext context, ReasoningRequest request, Candidate[] responses)
    {
        Candidate[] order = [.. responses];
        context.CreateRandom("order").Shuffle(order);
        string numbered = string.Join("\n\n", order.Select((c, i) => $"Response {i + 1}:\n{Shown(c)}"));
        var messages = selection.Render([], ("input", request.Question), ("responses", numbered), ("count", order.Length.ToString(CultureInfo.InvariantCulture)));
        try
        {
            Sample said = await context.JudgeAsync(Roles.Selector, messages, selection.Options);
            return SelectionReader.Read(said.Text, order.Length) is { } number ? order[number - 1] : null;
        }
        catch (ModelCallException)
        {
            return null;
        }
    }

    private string Shown(Candidate candidate)
    {
        string text = ThinkingText.SetAside(candidate.Sample.Text).Trim();
        return text.Length <= options.MaxResponseLength ? text : "…" + text[^options.MaxResponseLength..];
    }
}
