using System.Globalization;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>A verifier that asks the judge <paramref name="calls"/> times and takes the mean; unreadable abstains, a failed call throws.</summary>
internal sealed class CallingVerifier(int calls = 1) : IVerifier
{
    public string Name => "calling";

    public string Fingerprint => $"calling/{calls}";

    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        ChatMessage[] messages = [new(ChatRole.User, $"{request.Question}\n{candidate.Sample.Text}\nScore?")];
        Sample[] said = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => context.JudgeAsync("judge", messages)));
        double[] scores = [.. said.Select(s => double.TryParse(s.Text, CultureInfo.InvariantCulture, out double score) ? score : (double?)null).OfType<double>()];
        return scores.Length == 0 ? Verdict.Abstain(Name, "Unreadable.") : new Verdict(Name, scores.Average());
    }
}
