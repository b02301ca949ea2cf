using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Embedded.Tests;

/// <summary>Asking a sampler.</summary>
internal static class SamplerRuns
{
    public static SampleOptions Sampling { get; } = new() { Temperature = 1, MaxOutputTokens = 40 };

    public static ChatMessage[] Question(string text) => [new(ChatRole.User, text)];

    /// <summary>The outcomes by request, each with a seed that depends on its index alone.</summary>
    public static async Task<CallOutcome[]> DrawAsync(this EmbeddedSampler sampler, IReadOnlyList<ChatMessage> messages, SampleOptions options, int count, int first = 0)
    {
        var batch = new SampleBatch(messages, options, [.. Enumerable.Range(first, count).Select(i => new SampleRequest($"key{i}", i, 1000 + i))]);
        var outcomes = new Dictionary<string, CallOutcome>(StringComparer.Ordinal);
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch))
            outcomes.Add(delivery.Key, delivery.Outcome);
        return [.. batch.Requests.Select(r => outcomes[r.Key])];
    }

    public static async Task<string[]> TextsAsync(this EmbeddedSampler sampler, string question, int count, int first = 0, SampleOptions? options = null) =>
        [.. (await sampler.DrawAsync(Question(question), options ?? Sampling, count, first)).Select(o => o.Text ?? throw new InvalidOperationException(o.Failure!.Message))];
}
