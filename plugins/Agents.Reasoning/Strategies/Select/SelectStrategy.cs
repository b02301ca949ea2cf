using System.Globalization;
using Agents.Answers;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Generative selection: sample N solutions, and one call reads them all and names the one that is right, whether or not the
/// others agree with it. Calls: N + K for K selections. Critical path: 2. Toshniwal et al. 2025 (GenSelect), arXiv:2507.17797.
/// </summary>
/// <remarks>
/// The selector sees the solutions as data, in an order that the run's seed shuffles, because a fixed order favours a place.
/// A selection that cannot be read abstains: nobody's solution is taken for it. When all abstain, the result is the plurality
/// of the answers under the stop reason <see cref="StopReason.Fallback"/>, so that nobody takes it for a selection. Where
/// every solution states the same answer there is nothing to select, and the selector is not asked.
/// </remarks>
public sealed class SelectStrategy : IReasoningStrategy
{
    private static readonly string[] markers = ["selected solution", "most consistent response", "solution", "response"];

    private readonly SelectOptions options;
    private readonly SolutionPrompt prompt;
    private readonly PromptTemplate selection;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SelectStrategy(SelectOptions? options = null, PromptCatalogue? prompts = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Selections, 1, "Selections");
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxResponseLength, 200, "MaxResponseLength");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot(prompts);
        selection = (prompts ?? PromptCatalogue.Shipped)["Reasoning/Select"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("select", "Sample many solutions; one call reads them all and names the right one.", "≤ N + K", "2", "Toshniwal et al. 2025, arXiv:2507.17797");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.Samples}|{options.Selections}|{options.MaxResponseLength}|{options.Temperature}|{prompt.Fingerprint}|{selection.Hash}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = options.Samples };
        await evidence.DrawAsync(prompt, options.Temperature, options.Samples);
        VoteTally votes = evidence.Votes;
        if (votes.Classes.Count < 2)
            return evidence.ConcludeByVote(StopReason.Completed);

        context.Report(new StageStarted("select", options.Selections));
        Candidate[] solutions = [.. evidence.Candidates.Where(c => c.Answer is not null)];
        Candidate?[] selected = await Task.WhenAll(Enumerable.Range(0, options.Selections).Select(k => SelectAsync(context.Branch($"select{k}"), request, solutions)));
        Candidate[] chosen = [.. selected.OfType<Candidate>()];
        if (chosen.Length == 0)
        {
            evidence.Note($"None of {Count(selected.Length, "selection")} could be read: the answer is the plurality's, not a selection.");
            return evidence.ConcludeByVote(context.Budget.Reached ?? StopReason.Fallback);
        }

        if (chosen.Length < selected.Length)
            evidence.Note($"{selected.Length - chosen.Length} of {Count(selected.Length, "selection")} could not be read or failed, and abstain.");
        Candidate winner = MostSelected(chosen, votes);
        return evidence.Conclude(winner, StopReason.Completed, Evidence.ShareOf(winner, votes), votes);
    }

    private async Task<Candidate?> SelectAsync(ReasoningContext context, ReasoningRequest request, Candidate[] solutions)
    {
        Candidate[] order = [.. solutions];
        context.CreateRandom("order").Shuffle(order);
        QuotedSolutions quoted = QuotedSolutions.Of(context.CreateRandom("nonce"), order, options.MaxResponseLength);
        var messages = selection.Render([], ("input", request.Question), ("solutions", quoted.Text), ("nonce", quoted.Nonce), ("count", order.Length.ToString(CultureInfo.InvariantCulture)));
        string? said = await Drafting.AskAsync(context, Roles.Selector, messages, selection.Options);
        return said is not null && SelectionReader.Read(said, order.Length, markers) is { } number ? order[number - 1] : null;
    }

    /// <summary>Of the answer selected most often the solution selected most often; ties to the first seen.</summary>
    private static Candidate MostSelected(Candidate[] chosen, VoteTally votes) => chosen
        .GroupBy(c => votes.Classes.First(v => v.Voters.Contains(c.Index)).Voters[0])
        .OrderByDescending(answer => answer.Count()).ThenBy(answer => answer.Key).First()
        .GroupBy(c => c.Index)
        .OrderByDescending(solution => solution.Count()).ThenBy(solution => solution.Key).First().First();

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
