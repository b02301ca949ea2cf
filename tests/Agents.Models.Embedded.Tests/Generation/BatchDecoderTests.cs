using Agents.Models.Embedded.Tests.Models;
using Agents.Reasoning;
using Row = Agents.Models.Embedded.BatchRow;

namespace Agents.Models.Embedded.Tests.Generation;

public sealed class BatchDecoderTests
{
    [Fact]
    public void Submit_TwoSamplesOnTwoThreads_RunSideBySide()
    {
        using var folder = new TinyModel();
        EmbeddedModel model = folder.Load(threads: 2);
        using var meeting = new Barrier(2);
        using var ended = new CountdownEvent(2);
        int met = 0;

        model.Decoder.Submit([1, 2, 3], [.. Enumerable.Range(0, 2).Select(i => new Row([1, 2, 3], new SamplingRules { MaxTokens = 5 }, new SampleRandom(1, i), _ =>
        {
            // Each waits for the other: one thread alone would never get here twice.
            if (meeting.SignalAndWait(TimeSpan.FromSeconds(30)))
                Interlocked.Increment(ref met);
            ended.Signal();
        }))]);

        Assert.True(ended.Wait(TimeSpan.FromSeconds(70)));
        Assert.Equal(2, met);
    }

    [Fact]
    public async Task Submit_CallbackThatThrows_FailsItsRowsAndLeavesTheDecoderWorking()
    {
        using var folder = new TinyModel();
        EmbeddedModel model = folder.Load(threads: 1);
        var failed = new TaskCompletionSource<CallFailure?>(TaskCreationOptions.RunContinuationsAsynchronously);

        model.Decoder.Submit([1, 2], [new Row([1, 2], new SamplingRules { MaxTokens = 3 }, new SampleRandom(1, 0), outcome => failed.TrySetResult(outcome.Failure))
        {
            Streamed = _ => throw new InvalidOperationException("the reader broke"),
        }]);

        CallFailure? failure = await failed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("the reader broke", failure?.Message);
        Assert.Equal(2, (await model.CreateSampler().TextsAsync("Tom", 2)).Length);
    }
}
