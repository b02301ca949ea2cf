using Agents.Reasoning;

namespace Agents.Models.Onnx;

/// <summary>
/// Draws samples from an ONNX model. Every sample has its own seed; the text of a seed does not depend on the other samples of
/// its batch, except where the runtime's last bits differ between a batch and a single row. What stands inside
/// <c>&lt;think&gt;</c> is part of the text. Thread-safe; batches wait for each other.
/// </summary>
public sealed class OnnxSampler : ISampler
{
    private const int MaxSamples = 256;

    internal OnnxSampler(OnnxModel model) => Model = model;

    /// <summary>The model.</summary>
    public OnnxModel Model { get; }

    /// <inheritdoc/>
    public string ModelId => Model.ModelId;

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities { get; } = new()
    {
        MaxSamplesPerRequest = MaxSamples,
        LogProbabilities = true,
        Seed = true,
        StopSequences = true,
        ContinueAssistant = true,
        ConfidenceFloor = true,
        Usage = true,
    };

    /// <inheritdoc/>
    public IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return SampleDeliveries.ReadAsync(batch, deliver => Start(batch, deliver), cancellationToken);
    }

    private GeneratedSample[] Start(SampleBatch batch, Action<SampleDelivery> deliver)
    {
        if (batch.Options.ScoredText is not null)
            throw new ArgumentException("ScoredText is not read by ONNX models; it would be answered instead of read.");
        SamplingRules rules = SamplingRules.From(batch.Options, Model.Folder.Generation);
        int[] prompt = Model.Encode(batch.Messages, batch.Options.ContinueAssistant);
        string omitted = OmittedOptions.Of(batch.Options, capsThinking: false);
        var notes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (omitted.Length > 0)
            notes[OutcomeMetadata.Omitted] = omitted;
        var ended = new CancellationTokenSource();
        int left = batch.Requests.Count;
        GeneratedSample[] samples =
        [
            .. batch.Requests.Select((request, i) => new GeneratedSample(
                prompt, rules, new SampleRandom(request.Seed, request.Index),
                outcome => deliver(new SampleDelivery(request.Key, outcome with { Metadata = notes })))
            {
                BearsPrompt = i == 0,
                // A long prompt is broken off only when the last sample is given up.
                Cancelled = Once(() =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                        ended.Cancel();
                }),
            }),
        ];
        _ = Model.GenerateAsync(prompt, samples, ended.Token);
        return samples;
    }

    private static Action Once(Action action)
    {
        int done = 0;
        return () =>
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
                action();
        };
    }
}
