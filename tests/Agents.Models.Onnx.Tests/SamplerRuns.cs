using System.Text.Json;
using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Models.Onnx.Tests;

/// <summary>Asking a sampler.</summary>
internal static class SamplerRuns
{
    public static SampleOptions Sampling { get; } = new() { Temperature = 1, MaxOutputTokens = 60 };

    public static SampleOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Questions that the model's training never saw, as the strategy of one chain of thought asks them.</summary>
    public static IReadOnlyList<ChatMessage[]> HeldOut { get; } =
    [
        .. File.ReadLines(RepositoryRoot.At("models", "training", "held-out.jsonl")).Select(line =>
        {
            using JsonDocument problem = JsonDocument.Parse(line);
            return problem.RootElement.GetProperty("question").GetString()!;
        }).Where((_, i) => i % 7 == 0).Select(question => Question(Prompt(question))),
    ];

    public static ChatMessage[] Question(string text) => [new(ChatRole.User, text)];

    /// <summary>The outcomes by request, each with a seed that depends on its index alone.</summary>
    public static async Task<CallOutcome[]> DrawAsync(this ISampler sampler, IReadOnlyList<ChatMessage> messages, SampleOptions options, int count, int first = 0)
    {
        var batch = new SampleBatch(messages, options, [.. Enumerable.Range(first, count).Select(i => new SampleRequest($"key{i}", i, 1000 + i))]);
        var outcomes = new Dictionary<string, CallOutcome>(StringComparer.Ordinal);
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch))
            outcomes.Add(delivery.Key, delivery.Outcome);
        return [.. batch.Requests.Select(r => outcomes[r.Key])];
    }

    public static async Task<string[]> TextsAsync(this ISampler sampler, IReadOnlyList<ChatMessage> messages, int count, int first = 0, SampleOptions? options = null) =>
        [.. (await sampler.DrawAsync(messages, options ?? Sampling, count, first)).Select(o => o.Text ?? throw new InvalidOperationException(o.Failure!.Message))];

    private static string Prompt(string question) =>
        File.ReadAllText(RepositoryRoot.At("prompts", "Reasoning", "ZeroShotCot", "skprompt.txt")).Replace("{{$input}}", question, StringComparison.Ordinal).Trim();
}
