using Agents.Reasoning;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI.Tests;

public sealed class ScriptedClientTests : StubTests
{
    [Fact]
    public async Task ScriptedSampler_Texts_FollowTheIndex()
    {
        var sampler = ScriptedSampler.FromTexts("a", "b");

        Assert.Equal(["a", "b", "a"], (await DrawAsync(sampler, Batch(3))).Select(o => o.Text));
        Assert.Equal(3, sampler.Calls);
    }

    [Fact]
    public async Task ScriptedSampler_Delay_RunsOnTheGivenClock()
    {
        var clock = new ManualClock();
        var sampler = new ScriptedSampler(c => CallOutcome.FromText(c.Prompt)) { Delay = _ => TimeSpan.FromSeconds(5), Time = clock };

        Task<IReadOnlyList<CallOutcome>> draw = DrawAsync(sampler, Batch(4));
        Assert.Equal(4, sampler.InFlight);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(4, (await draw).Count);
        Assert.Equal((0, 4), (sampler.InFlight, sampler.PeakInFlight));
    }

    [Fact]
    public async Task ScriptedSampler_Cancelled_CountsWhatWasCancelled()
    {
        var sampler = new ScriptedSampler(_ => CallOutcome.FromText("")) { Until = _ => new TaskCompletionSource().Task };
        using var cancel = new CancellationTokenSource();
        Task draw = DrawAsync(sampler, Batch(3), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draw);
        Assert.Equal((3, 0), (sampler.Cancelled, sampler.InFlight));
    }

    [Fact]
    public async Task ScriptedSampler_ScriptThrows_TheCallerSeesIt()
    {
        var sampler = new ScriptedSampler(_ => throw new InvalidOperationException("the script is wrong"));

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => DrawAsync(sampler, Batch(2)));
    }

    [Fact]
    public async Task ScriptedChatClient_StreamFoldsToTheResponse()
    {
        using var client = new ScriptedChatClient(m => "You said " + m[^1].Text) { Thinking = "hm" };
        ChatMessage[] turns = [new(ChatRole.User, "hello there")];

        ChatResponse whole = await client.GetResponseAsync(turns);
        ChatResponse streamed = await client.GetStreamingResponseAsync(turns).ToChatResponseAsync();

        Assert.Equal("You said hello there", whole.Text);
        Assert.Equal((whole.Text, whole.Usage!.OutputTokenCount), (streamed.Text, streamed.Usage!.OutputTokenCount));
        Assert.Equal(2, client.Requests.Count);
    }
}
