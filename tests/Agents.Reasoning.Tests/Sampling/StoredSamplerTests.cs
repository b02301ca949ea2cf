using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Sampling;

public class StoredSamplerTests
{
    private static SampleBatch Batch(int count, string question = "q", double temperature = 1) =>
        new([new ChatMessage(ChatRole.User, question)], new SampleOptions { Temperature = temperature }, [.. Enumerable.Range(0, count).Select(i => new SampleRequest($"k{i}", i, 100 + i))]);

    private static async Task<string[]> Draw(StoredSampler sampler, SampleBatch batch)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch))
            texts[delivery.Key] = delivery.Outcome.Text ?? "failed";
        return [.. texts.Values];
    }

    [Fact]
    public async Task Sample_Again_AsksOnlyForWhatIsNew()
    {
        var model = new ScriptedSampler(call => CallOutcome.FromText($"{call.Prompt}{call.Index}"));
        var store = new MemorySampleStore();
        Assert.Equal(["q0", "q1"], await Draw(new StoredSampler(model, store), Batch(2)));
        Assert.Equal(["q0", "q1", "q2"], await Draw(new StoredSampler(model, store), Batch(3)));
        Assert.Equal(3, model.Calls);
        await Draw(new StoredSampler(model, store), Batch(1, temperature: .5));
        await Draw(new StoredSampler(model, store), Batch(1, question: "p"));
        Assert.Equal(5, model.Calls);
    }

    [Fact]
    public async Task Sample_Failed_IsDeliveredAndAskedForAgain()
    {
        int asked = 0;
        var model = new ScriptedSampler(_ => Interlocked.Increment(ref asked) == 1 ? CallOutcome.Failed(CallFailureKind.Other, "down") : CallOutcome.FromText("ok"));
        var sampler = new StoredSampler(model, new MemorySampleStore());
        Assert.Equal(["failed"], await Draw(sampler, Batch(1)));
        Assert.Equal(["ok"], await Draw(sampler, Batch(1)));
    }

    [Fact]
    public async Task Sample_IsStoredBeforeItIsDelivered()
    {
        var store = new MemorySampleStore();
        await foreach (SampleDelivery _ in new StoredSampler(ScriptedSampler.FromTexts("a", "b", "c"), store).SampleAsync(Batch(3)))
            break;
        Assert.Equal(1, store.Count);
    }
}
