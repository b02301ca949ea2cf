using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation.Tests;

/// <summary>The plainest strategy there is: n samples, a vote.</summary>
internal sealed class MajorityOf(int count, string role = "solver") : IReasoningStrategy
{
    public StrategyDescription Description { get; } = new($"majority-{count}", "Samples, then votes.", "N", "1", "Wang et al. 2022, arXiv:2203.11171");

    public string Fingerprint => $"majority-of/1/{count}/{role}";

    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var samples = new List<Sample>();
        await foreach (Sample sample in context.SampleAsync(role, request.Messages, request.Options, count))
            samples.Add(sample);
        Candidate[] candidates = [.. samples.OrderBy(s => s.Index).Select(s => new Candidate(s.Index, s, request.Extractor.Extract(s, request.ExpectedAnswer)))];
        VoteTally votes = VoteTally.Count(candidates.Select(c => new Ballot(c.Index, c.Answer)), request.Equivalence);
        return new ReasoningResult
        {
            Strategy = Description.Name,
            Answer = votes.Leader?.Answer,
            Selected = votes.Leader is { } leader ? candidates[leader.Voters[0]] : null,
            Candidates = candidates,
            Votes = [.. votes.Classes.Select(c => new VoteShare(c.Answer, c.Count, c.Weight, c.Voters))],
            Abstentions = votes.Abstentions,
            Confidence = votes.Leader is null ? null : votes.LeaderShare,
            StopReason = votes.Leader is not null ? StopReason.Completed : samples.Exists(s => s.IsOk) ? StopReason.NoAnswer : StopReason.AllCallsFailed,
            Failure = votes.Leader is null ? samples.FirstOrDefault(s => !s.IsOk)?.Failure?.Message ?? "no sample states an answer" : null,
        };
    }
}
