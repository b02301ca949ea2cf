using Microsoft.Extensions.AI;

namespace Agents.Models.Onnx.Tests;

public sealed class ConcurrencyTests
{
    private static readonly ChatOptions greedy = new() { Temperature = 0, MaxOutputTokens = 60 };

    [Fact]
    public async Task ChatClient_200ParallelCalls_AllGetTheTextsOfOneCaller()
    {
        using OnnxChatClient client = TestFolders.Model.CreateChatClient();
        ChatMessage[][] questions = [.. SamplerRuns.HeldOut.Take(25)];
        var expected = new List<string>();
        foreach (ChatMessage[] question in questions)
            expected.Add((await client.GetResponseAsync(question, greedy)).Text);

        string[] got = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => (await client.GetResponseAsync(questions[i % 25], greedy)).Text)));

        for (int i = 0; i < got.Length; i++)
            Assert.Equal(expected[i % 25], got[i]);
    }

    [Fact]
    public async Task Encode_200ParallelPrompts_GivesTheTokensOfOneCaller()
    {
        ChatMessage[][] questions = [.. SamplerRuns.HeldOut.Take(50)];
        int[][] expected = [.. questions.Select(q => TestFolders.Model.Encode(q, continues: false))];

        int[][] got = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => TestFolders.Model.Encode(questions[i % 50], continues: false))));

        for (int i = 0; i < got.Length; i++)
            Assert.Equal(expected[i % 50], got[i]);
    }

    [Fact]
    public async Task GenerateAsync_ManyCalls_AreInsideTheModelOneAtATime()
    {
        int[] prompt = TestFolders.Model.Encode(SamplerRuns.HeldOut[0], continues: false);
        int inside = 0, most = 0, pieces = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => TestFolders.Model.GenerateAsync(prompt, [Sample(i)], CancellationToken.None))));

        Assert.Equal(1, most);
        Assert.True(pieces > 100, $"{pieces} pieces");

        GeneratedSample Sample(int index) => new(prompt, new SamplingRules { Temperature = 20, MaxTokens = 30 }, new SampleRandom(1, index), _ => { })
        {
            Streamed = _ =>
            {
                int now = Interlocked.Increment(ref inside);
                most = Math.Max(most, now);
                pieces++;
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            },
        };
    }

    [Fact]
    public async Task Samplers_OfTwoModels_DoNotDisturbEachOther()
    {
        using OnnxModel other = OnnxModel.Load(TestFolders.Embedded, new OnnxModelOptions { Plan = OnnxPlan.Rewind });
        string[] expected = await other.CreateSampler().TextsAsync(SamplerRuns.HeldOut[5], 4);

        string[][] got = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
            (i % 2 == 0 ? other : TestFolders.Model).CreateSampler().TextsAsync(SamplerRuns.HeldOut[5], 4))));

        Assert.All(got, texts => Assert.Equal(expected, texts));
    }
}
