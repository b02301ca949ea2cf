namespace Agents.Reasoning;

/// <summary>
/// A model that draws samples. Thread-safe. Found on a chat client with <c>client.GetService&lt;ISampler&gt;()</c>;
/// any other chat client is adapted by <see cref="SamplerExtensions.AsSampler"/> with parallel calls.
/// </summary>
public interface ISampler
{
    /// <summary>A stable name of the model and where it runs, without secrets: part of the key under which samples are stored.</summary>
    string ModelId { get; }

    /// <summary>What this model can do; the rest is emulated where possible and reported, never faked.</summary>
    SamplerCapabilities Capabilities { get; }

    /// <summary>
    /// Draws one sample for each of the batch's requests and delivers them as they finish, in any order, each exactly once,
    /// except those abandoned (<see cref="SampleRequest.Abandoned"/>).
    /// A failed sample is delivered with <see cref="CallOutcome.Failure"/> set; the only exception thrown is
    /// <see cref="OperationCanceledException"/> on <paramref name="cancellationToken"/>.
    /// </summary>
    IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, CancellationToken cancellationToken = default);
}
