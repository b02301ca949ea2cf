using Agents.Reasoning;

namespace Agents.Server.Channels;

/// <summary>An answer as its readers see it, with what they need to decide about it.</summary>
internal sealed record GivenAnswer
{
    private const int MaxTextCharacters = 4000;
    private const int MaxOthers = 8;

    /// <summary>The answer's id, 128 bits that nobody can guess.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked.</summary>
    public required string Question { get; init; }

    /// <summary>The answer.</summary>
    public required string Text { get; init; }

    /// <summary>The other answers, by their votes, the strongest first.</summary>
    public IReadOnlyList<(string Text, int Votes)> Others { get; init; } = [];

    /// <summary>What is said of it: each a name and a value.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>What was decided; null while it is open.</summary>
    public AnswerDecision? Decision { get; init; }

    /// <summary>Whether it comes from a second attempt, so that rejecting it does not begin a third of the same kind.</summary>
    public bool IsSecondAttempt { get; init; }

    /// <summary>The answer of a result.</summary>
    public static GivenAnswer Of(string id, string question, ReasoningResult result, RunPlan plan, string text)
    {
        VoteShare? own = result.Votes.FirstOrDefault(v => result.Selected is { } selected && v.Candidates.Contains(selected.Index));
        var facts = new List<(string, string)>();
        if (result.Confidence is { } confidence)
            facts.Add(("Confidence", FormattableString.Invariant($"{confidence * 100:0} %")));
        if (own is not null)
            facts.Add(("Votes", FormattableString.Invariant($"{own.Votes} of {result.Votes.Sum(v => v.Votes)}")));
        facts.Add(("Samples", FormattableString.Invariant($"{result.Candidates.Count(c => c.Sample.IsOk)}{(result.Abstentions > 0 ? $", {result.Abstentions} without an answer" : "")}")));
        foreach (Verdict verdict in result.Selected?.Verdicts ?? [])
            facts.Add(($"Verdict of {verdict.Verifier}", verdict.Score is { } score ? FormattableString.Invariant($"{score:0.00}") : "abstains"));
        facts.Add(("Model calls", FormattableString.Invariant($"{result.Usage.ModelCalls}, {result.Usage.InputTokens + result.Usage.OutputTokens} tokens")));
        // A price of nothing and no price at all are not the same.
        facts.Add(("Cost", plan.Model.Prices.Count > 0 ? FormattableString.Invariant($"{result.Usage.Cost:0.######}") : "no price is configured"));
        facts.Add(("Strategy", plan.Label));
        facts.Add(("Model", plan.Model.Name));
        return new GivenAnswer
        {
            Id = id,
            Question = question,
            Text = ChannelText.Cut(text, MaxTextCharacters),
            Others = [.. result.Votes.Where(v => v != own).Take(MaxOthers).Select(v => (ChannelText.Cut(v.Answer.Text, MaxTextCharacters), v.Votes))],
            Facts = facts,
        };
    }

    /// <summary>The next answer by votes, in place of this one; null where there is none.</summary>
    public GivenAnswer? Next(string id) => Others.Count == 0 ? null : this with
    {
        Id = id,
        Text = Others[0].Text,
        Others = [.. Others.Skip(1)],
        Facts = [("Votes", FormattableString.Invariant($"{Others[0].Votes}")), ("Instead of", Text), .. Facts.Where(f => f.Name is "Strategy" or "Model")],
        Decision = null,
    };
}

/// <summary>What readers decided about an answer.</summary>
internal enum AnswerDecision
{
    /// <summary>It stands.</summary>
    Approved,

    /// <summary>It does not; another is looked for.</summary>
    Rejected,
}
