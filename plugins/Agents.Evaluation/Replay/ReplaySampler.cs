using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// A model that answers one question with its recorded samples: the request with index i gets sample i, whatever the seed or
/// the temperature, so n samples of one run are the first n of every other. Deterministic, thread-safe, free.
/// </summary>
/// <param name="item">The question and its samples.</param>
/// <param name="dataName">The data's name, part of <see cref="ModelId"/>.</param>
public sealed class ReplaySampler(EvaluationItem item, string dataName = "data") : ISampler
{
    /// <summary>The metadata name that says whether a recorded sample was recorded as right: <c>true</c> or <c>false</c>.</summary>
    public const string CorrectMetadataName = "recorded_correct";

    /// <summary><c>replay:DATA#ID@HASH</c>; the hash is of the samples, so that changed data is another model.</summary>
    public string ModelId { get; } = $"replay:{dataName}#{item.Id}@{HashOf(item)}";

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities { get; } = new()
    {
        MaxSamplesPerRequest = Math.Max(1, item.Samples.Count),
        Usage = item.Samples.Count > 0 && item.Samples.All(s => s.Usage is not null),
    };

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (SampleRequest request in batch.Requests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SampleDelivery(request.Key, batch.Options.ContinueAssistant
                ? CallOutcome.Failed(CallFailureKind.Unsupported, $"the samples recorded for item {item.Id} are whole; they cannot continue a partial answer")
                : OutcomeOf(item, request.Index));
        }
    }

    /// <summary>What the call for sample <paramref name="index"/> comes back with.</summary>
    internal static CallOutcome OutcomeOf(EvaluationItem item, int index)
    {
        if (index < 0 || index >= item.Samples.Count)
            return CallOutcome.Failed(CallFailureKind.Unsupported, $"{item.Samples.Count} samples are recorded for item {item.Id}; sample #{index} was asked for");

        RecordedSample sample = item.Samples[index];
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (sample.Answer is not null)
            metadata[RecordedAnswerExtractor.MetadataName] = sample.Answer;
        if (sample.Correct is { } correct)
            metadata[CorrectMetadataName] = correct ? "true" : "false";
        return new CallOutcome { Text = sample.Text, FinishReason = "stop", Usage = sample.Usage, Metadata = metadata };
    }

    private static string HashOf(EvaluationItem item)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (RecordedSample sample in item.Samples)
            hash.AppendData(Encoding.UTF8.GetBytes($"{sample.Text.Length}:{sample.Text}|{sample.Answer?.Length ?? -1}:{sample.Answer}|{sample.Correct}|{sample.Usage}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }
}
