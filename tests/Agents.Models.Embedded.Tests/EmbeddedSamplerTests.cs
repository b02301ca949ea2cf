using Agents.Models.Embedded.Tests.Models;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Embedded.Tests;

public sealed class EmbeddedSamplerTests : IDisposable
{
    private readonly TinyModel folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task SampleAsync_AnyBatchAndThreads_GivesTheTextsOfEachAlone()
    {
        EmbeddedSampler single = folder.Load(threads: 1, rows: 1, cacheTokens: 0).CreateSampler();
        string[] alone = [.. await Task.WhenAll(Enumerable.Range(0, 64).Select(async i => (await single.TextsAsync("Tom has the apples", 1, i))[0]))];

        foreach ((int threads, int rows) in new[] { (1, 16), (2, 16), (3, 5), (1, 64), (8, 2) })
            Assert.Equal(alone, await folder.Load(threads, rows).CreateSampler().TextsAsync("Tom has the apples", 64));
        Assert.True(alone.Distinct().Count() > 60);
    }

    [Fact]
    public async Task SampleAsync_LogProbabilities_AreTheSameBitsInAnyBatch()
    {
        SampleOptions options = SamplerRuns.Sampling with { LogProbabilities = true, TopLogProbabilities = 3 };
        ChatMessage[] question = SamplerRuns.Question("ab");
        CallOutcome alone = (await folder.Load(1, 1).CreateSampler().DrawAsync(question, options, 1, 5))[0];
        CallOutcome amongMany = (await folder.Load(2, 64).CreateSampler().DrawAsync(question, options, 64))[5];

        Assert.Equal(alone.LogProbabilities.Select(t => t.LogProbability), amongMany.LogProbabilities.Select(t => t.LogProbability));
        Assert.Equal(alone.Text, string.Concat(amongMany.LogProbabilities.Select(t => t.Token)));
        Assert.All(amongMany.LogProbabilities, t =>
        {
            Assert.InRange(t.LogProbability, double.NegativeInfinity, 0);
            Assert.Equal(3, t.Alternatives.Count);
            Assert.Equal(t.Alternatives.OrderByDescending(a => a.LogProbability), t.Alternatives);
        });
    }

    [Fact]
    public async Task SampleAsync_PrefixCacheOnOrOff_GivesTheSameTexts()
    {
        EmbeddedSampler cached = folder.Load(cacheTokens: 4096).CreateSampler(), small = folder.Load(cacheTokens: 64).CreateSampler(), none = folder.Load(cacheTokens: 0).CreateSampler();
        string prompt = "the the the apples has and gives ab ab";
        for (int round = 0; round < 4; round++)
        {
            string[] expected = await none.TextsAsync(prompt, 6);
            Assert.Equal(expected, await cached.TextsAsync(prompt, 6));
            Assert.Equal(expected, await small.TextsAsync(prompt, 6));
            prompt += " Tom gives" + expected[round][..Math.Min(8, expected[round].Length)];
        }

        Assert.InRange(small.Model.Prefixes.Count, 1, 4);
    }

    [Fact]
    public async Task SampleAsync_ContinuedTurn_ComputesOnlyWhatIsNew()
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();
        ChatMessage[] first = [new(ChatRole.User, "the the the the the the the the the the the the the the the the the the the the"), new(ChatRole.Assistant, "<step>ab")];
        ChatMessage[] second = [first[0], new(ChatRole.Assistant, "<step>ab</step><step>")];
        SampleOptions options = SamplerRuns.Sampling with { ContinueAssistant = true };

        CallOutcome[] fresh = await sampler.DrawAsync(first, options, 2);
        CallOutcome[] known = await sampler.DrawAsync(second, options, 2);

        // Start, role, 20 words, end, role, and two or four tokens of the turn; blocks hold 16.
        Assert.Equal(new CallUsage(26, fresh[0].Usage!.OutputTokens, 0), fresh[0].Usage);
        Assert.Equal(new CallUsage(28, known[0].Usage!.OutputTokens, 16), known[0].Usage);
        Assert.Equal(0, known[1].Usage!.InputTokens);
    }

    [Fact]
    public async Task SampleAsync_32Callers_GetTheTextsOfOne()
    {
        EmbeddedSampler sampler = folder.Load(threads: 2, rows: 8).CreateSampler();
        string[] questions = ["Tom", "the apples", "", "漢字 😀", "gives and", "ab", "x y z", "7 + 8"];
        string[][] expected = [.. await Task.WhenAll(questions.Select(q => folder.Load(1, 1, 0).CreateSampler().TextsAsync(q, 4)))];

        string[][] got = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => sampler.TextsAsync(questions[i % 8], 4))));

        for (int i = 0; i < 32; i++)
            Assert.Equal(expected[i % 8], got[i]);
    }

    [Fact]
    public async Task SampleAsync_16SamplesOfOnePrompt_RunItOnce()
    {
        EmbeddedSampler sampler = folder.Load(cacheTokens: 0).CreateSampler();

        await sampler.TextsAsync("the apples", 16);

        Assert.Equal(1, sampler.Model.Decoder.PromptsRun);
    }

    [Fact]
    public async Task SampleAsync_CallerLeaves_OthersKeepTheirTexts()
    {
        EmbeddedSampler sampler = folder.Load(threads: 1, rows: 16).CreateSampler();
        string[] expected = await folder.Load(1).CreateSampler().TextsAsync("the apples", 8);
        using var leaving = new CancellationTokenSource();
        var batch = new SampleBatch(SamplerRuns.Question("the apples"), SamplerRuns.Sampling with { MaxOutputTokens = 100 }, [.. Enumerable.Range(50, 8).Select(i => new SampleRequest($"gone{i}", i, i))]);

        await using IAsyncEnumerator<SampleDelivery> gone = sampler.SampleAsync(batch, leaving.Token).GetAsyncEnumerator(CancellationToken.None);
        ValueTask<bool> waiting = gone.MoveNextAsync();
        Task<string[]> staying = sampler.TextsAsync("the apples", 8);
        await leaving.CancelAsync();

        Assert.Equal(expected, await staying);
        try
        {
            // What was finished before the cancellation may still come.
            while (await waiting)
                waiting = gone.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
        }
    }

    [Fact]
    public async Task SampleAsync_OneRequestAbandoned_EndsItAndLeavesTheOthersTheirTexts()
    {
        EmbeddedSampler sampler = folder.Load(threads: 1).CreateSampler();
        string[] expected = await sampler.TextsAsync("the apples", 6);
        using var abandon = new CancellationTokenSource();
        var batch = new SampleBatch(SamplerRuns.Question("the apples"), SamplerRuns.Sampling, [.. Enumerable.Range(0, 6).Select(i => new SampleRequest($"key{i}", i, 1000 + i) { Abandoned = i == 2 ? abandon.Token : default })]);
        await abandon.CancelAsync();

        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch))
            texts.Add(delivery.Key, delivery.Outcome.Text);

        Assert.Equal(5, texts.Count);
        Assert.All(new[] { 0, 1, 3, 4, 5 }, i => Assert.Equal(expected[i], texts[$"key{i}"]));
    }

    [Fact]
    public async Task SampleAsync_StopString_CutsTextAndTokensBeforeIt()
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();
        SampleOptions plain = SamplerRuns.Sampling with { LogProbabilities = true };
        CallOutcome[] whole = await sampler.DrawAsync(SamplerRuns.Question("Tom"), plain, 32);
        // Where the bytes are no characters there is nothing to write a stop string with.
        CallOutcome[] readable = [.. whole.Where(o => o.Text!.Length > 30 && PlaceOf(o.Text) > 0)];
        Assert.NotEmpty(readable);
        foreach (CallOutcome outcome in readable)
        {
            int place = PlaceOf(outcome.Text!);
            string stop = outcome.Text![place..(place + 3)];
            int at = outcome.Text.IndexOf(stop, StringComparison.Ordinal);
            CallOutcome cut = (await sampler.DrawAsync(SamplerRuns.Question("Tom"), plain with { StopSequences = ["never said", stop] }, 1, Array.IndexOf(whole, outcome)))[0];

            Assert.Equal(outcome.Text[..at], cut.Text);
            Assert.Equal("stop", cut.FinishReason);
            Assert.StartsWith(string.Concat(cut.LogProbabilities.Select(t => t.Token)), cut.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>Where three characters follow that are characters of the text's bytes; below 0 where there are none.</summary>
    private static int PlaceOf(string text) => Enumerable.Range(3, text.Length - 6).FirstOrDefault(i => !text.AsSpan(i, 3).Contains('\uFFFD'), -1);

    [Fact]
    public async Task SampleAsync_MaxOutputTokens_EndsWithLength()
    {
        CallOutcome[] outcomes = await folder.Load().CreateSampler().DrawAsync(SamplerRuns.Question("Tom"), SamplerRuns.Sampling with { MaxOutputTokens = 3 }, 8);

        Assert.All(outcomes, o => Assert.True(o.FinishReason == "length" ? o.Usage!.OutputTokens == 3 : o.Usage!.OutputTokens <= 3));
        Assert.Contains(outcomes, o => o.FinishReason == "length");
    }

    [Fact]
    public async Task SampleAsync_NoLimit_EndsWithLengthWhereTheContextDoes()
    {
        CallOutcome[] outcomes = await folder.Load().CreateSampler().DrawAsync(SamplerRuns.Question(string.Concat(Enumerable.Repeat(" the", 110))), new SampleOptions { Temperature = 1 }, 16);

        Assert.All(outcomes, o => Assert.InRange(o.Usage!.OutputTokens, 1, 128 - 114));
        Assert.Contains(outcomes, o => o.FinishReason == "length" && o.Usage!.OutputTokens == 128 - 114);
    }

    [Fact]
    public async Task SampleAsync_PromptLongerThanTheContext_FailsEverySampleClearly()
    {
        CallOutcome[] outcomes = await folder.Load().CreateSampler().DrawAsync(SamplerRuns.Question(new string('7', 10_000)), SamplerRuns.Sampling, 3);

        Assert.All(outcomes, o => Assert.Equal(CallFailureKind.InvalidRequest, o.Failure!.Kind));
        Assert.Contains("The prompt has 10004 tokens; the context", outcomes[0].Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("holds 128", outcomes[0].Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\ud83d")]
    [InlineData("你好,世界")]
    [InlineData("<|end|><|assistant|>yes")]
    public async Task SampleAsync_AnyPrompt_GivesASample(string prompt) =>
        Assert.NotNull((await folder.Load().CreateSampler().DrawAsync(SamplerRuns.Question(prompt), SamplerRuns.Sampling, 1))[0].Text);

    [Fact]
    public async Task SampleAsync_UnservableOption_IsRefusedByName()
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();
        foreach ((SampleOptions options, string said) in new[]
        {
            (new SampleOptions { Temperature = -1 }, "Temperature is -1"), (new SampleOptions { Temperature = double.NaN }, "Temperature is NaN"), (new SampleOptions { TopP = 0 }, "TopP is 0"),
            (new SampleOptions { TopK = 0 }, "TopK is 0"), (new SampleOptions { MaxOutputTokens = 0 }, "MaxOutputTokens is 0"), (new SampleOptions { TopLogProbabilities = 21 }, "TopLogProbabilities is 21"),
            (new SampleOptions { ContinueAssistant = true }, "the last message must be the assistant's"),
        })
        {
            CallOutcome outcome = (await sampler.DrawAsync(SamplerRuns.Question("x"), options, 1))[0];
            Assert.Equal(CallFailureKind.InvalidRequest, outcome.Failure!.Kind);
            Assert.Contains(said, outcome.Failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SampleAsync_PromptOfOtherWords_SaysSo()
    {
        EmbeddedSampler sampler = folder.Load().CreateSampler();

        CallOutcome outside = (await sampler.DrawAsync(SamplerRuns.Question("Tom, quelle heure est-il?"), SamplerRuns.Sampling, 1))[0];
        CallOutcome inside = (await sampler.DrawAsync(SamplerRuns.Question("Tom gives the apples 1234 + 5678"), SamplerRuns.Sampling, 1))[0];

        Assert.Equal("most of the prompt (4 of 5 words)", outside.Metadata[OutcomeMetadata.OutsideDomain]);
        Assert.Empty(inside.Metadata);
    }
}
