using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agents.Reasoning;

namespace Agents.Models.Decoding;

/// <summary>The contract of a sampler over samples that an engine generates: each is delivered once as it ends, none that was abandoned.</summary>
internal static class SampleDeliveries
{
    /// <param name="batch">What is asked for.</param>
    /// <param name="start">
    /// Starts a sample for each request, in their order, and hands each outcome to its argument. Throws
    /// <see cref="ArgumentException"/> when the batch cannot be served: every sample then fails with its message.
    /// </param>
    /// <param name="cancellationToken">Ends all of them.</param>
    public static async IAsyncEnumerable<SampleDelivery> ReadAsync(SampleBatch batch, Func<Action<SampleDelivery>, IReadOnlyList<GeneratedSample>> start, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A request that was abandoned ends without a delivery.
        var finished = Channel.CreateUnbounded<SampleDelivery?>();
        // A short text may be whole before its registration below: what was abandoned before it was asked for is never delivered.
        HashSet<string> never = [.. batch.Requests.Where(r => r.Abandoned.IsCancellationRequested).Select(r => r.Key)];
        IReadOnlyList<GeneratedSample> samples = [];
        CallFailure? refusal = null;
        try
        {
            samples = start(delivery => finished.Writer.TryWrite(delivery));
        }
        catch (ArgumentException e)
        {
            refusal = new CallFailure(CallFailureKind.InvalidRequest, e.Message);
        }

        if (refusal is not null)
        {
            foreach (SampleRequest request in batch.Requests)
                yield return new SampleDelivery(request.Key, new CallOutcome { Failure = refusal });
            yield break;
        }

        CancellationTokenRegistration[] abandoned = [.. batch.Requests.Zip(samples, (request, sample) => request.Abandoned.Register(() =>
        {
            sample.Cancel();
            if (sample.TryEnd())
                finished.Writer.TryWrite(null);
        }))];
        try
        {
            for (int i = 0; i < samples.Count; i++)
            {
                if (await finished.Reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } delivery && !never.Contains(delivery.Key))
                    yield return delivery;
            }
        }
        finally
        {
            foreach (CancellationTokenRegistration registration in abandoned)
                await registration.DisposeAsync().ConfigureAwait(false);
            // A caller that stops listening leaves no work behind.
            foreach (GeneratedSample sample in samples)
                sample.Cancel();
        }
    }
}
