using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>Requests that share one prompt and one set of options, so that a model can answer them together.</summary>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">How to sample.</param>
/// <param name="Requests">At least one request; each is one sample.</param>
public sealed record SampleBatch(IReadOnlyList<ChatMessage> Messages, SampleOptions Options, IReadOnlyList<SampleRequest> Requests);

/// <summary>One sample asked for.</summary>
/// <param name="Key">Identifies the sample among those of all runs; sent upstream as idempotency key, the same in every retry and after a restart.</param>
/// <param name="Index">The sample's index among identical requests, from 0.</param>
/// <param name="Seed">The seed of this sample, a function of the run's seed and the key; used where the model declares seeds.</param>
public sealed record SampleRequest(string Key, int Index, long Seed)
{
    /// <summary>
    /// Cancelled when nobody waits for this sample any more, while others of its batch are still wanted. A sampler that can stop
    /// a single sample then delivers nothing for it; any other may go on.
    /// </summary>
    public CancellationToken Abandoned { get; init; }

    /// <summary>The request's key for a call of a run: call keys alone repeat when the same question is asked again.</summary>
    public static string KeyOf(string runId, string callKey) => PromptHash.Of(runId) + callKey;
}

/// <summary>One sample delivered.</summary>
/// <param name="Key">The key of the request it answers.</param>
/// <param name="Outcome">What came back.</param>
public sealed record SampleDelivery(string Key, CallOutcome Outcome);
