using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>
/// A sampler whose outcomes are a function of the call. A delay runs on the given clock; a signal lets the test decide the
/// order of completion. Counts calls. Thread-safe.
/// </summary>
/// <param name="answer">The outcome of a call; called on many threads.</param>
/// <param name="modelId">The model's name.</param>
public sealed class ScriptedSampler(Func<ScriptedCall, CallOutcome> answer, string modelId = "scripted") : ISampler
{
    private int calls;
    private int inFlight;
    private int peak;
    private int cancelled;

    /// <summary>A sampler that answers sample i with text i, from the beginning again after the last.</summary>
    public static ScriptedSampler FromTexts(params string[] texts) =>
        new(call => CallOutcome.FromText(texts[call.Index % texts.Length], new CallUsage(10, 20)));

    /// <summary>A sampler whose calls all fail.</summary>
    public static ScriptedSampler Failing(CallFailureKind kind, string message) => new(_ => CallOutcome.Failed(kind, message));

    /// <inheritdoc/>
    public string ModelId { get; } = modelId;

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities { get; init; } = SamplerCapabilities.None;

    /// <summary>How long a call takes.</summary>
    public Func<ScriptedCall, TimeSpan> Delay { get; init; } = _ => TimeSpan.Zero;

    /// <summary>A signal that a call waits for after its delay.</summary>
    public Func<ScriptedCall, Task> Until { get; init; } = _ => Task.CompletedTask;

    /// <summary>The clock of the delays.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Calls made so far.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Calls under way.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>The most calls that were under way together.</summary>
    public int PeakInFlight => Volatile.Read(ref peak);

    /// <summary>Calls that were cancelled before their answer.</summary>
    public int Cancelled => Volatile.Read(ref cancelled);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var finished = Channel.CreateUnbounded<SampleDelivery>();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task all = Task.WhenAll(batch.Requests.Select(request => DeliverAsync(batch, request, finished.Writer, giveUp.Token)));
        try
        {
            for (int i = 0; i < batch.Requests.Count; i++)
                yield return await finished.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await giveUp.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAsync(SampleBatch batch, SampleRequest request, ChannelWriter<SampleDelivery> finished, CancellationToken cancellationToken)
    {
        var call = new ScriptedCall(request.Key, request.Index, request.Seed, batch.Messages, batch.Options, Interlocked.Increment(ref calls));
        RaisePeak(Interlocked.Increment(ref inFlight));
        try
        {
            TimeSpan delay = Delay(call);
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, Time, cancellationToken).ConfigureAwait(false);
            await Until(call).WaitAsync(cancellationToken).ConfigureAwait(false);
            finished.TryWrite(new SampleDelivery(request.Key, answer(call)));
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref cancelled);
            throw;
        }
        catch (Exception e)
        {
            // A script that throws must fail its test, not leave it waiting.
            finished.TryComplete(e);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    private void RaisePeak(int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref peak)) < now && Interlocked.CompareExchange(ref peak, now, seen) != seen)
        {
        }
    }
}
