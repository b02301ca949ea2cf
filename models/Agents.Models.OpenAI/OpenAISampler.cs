using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>
/// Draws samples from a model behind an OpenAI-compatible endpoint. A batch is sent as requests with <c>n</c> where that is
/// on, else as parallel single requests; what a reply lacks is topped up, so that every request of the batch is answered.
/// Made by <see cref="OpenAIModelFactory"/>. Thread-safe.
/// </summary>
public sealed class OpenAISampler : ISampler
{
    private readonly UpstreamTraits traits;

    internal OpenAISampler(OpenAIModelOptions options, CompletionClient calls, UpstreamTraits traits) =>
        (Options, Calls, this.traits) = (options, calls, traits);

    /// <inheritdoc/>
    public string ModelId => Options.ModelId;

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities =>
        traits.Correct(Options.EffectiveCapabilities, Options.EffectiveChoices, Options.MaxChoicesPerRequest);

    /// <summary>The model.</summary>
    public OpenAIModelOptions Options { get; }

    /// <summary>What replies showed that a reader should know: parameters refused, <c>n</c> ignored. In the order it was learnt.</summary>
    public IReadOnlyList<string> Notes => traits.Notes;

    internal CompletionClient Calls { get; }

    internal UpstreamTraits Traits => traits;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var finished = Channel.CreateUnbounded<SampleDelivery>();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int most = traits.ChoicesPerRequest(Options.EffectiveChoices, Options.MaxChoicesPerRequest, unknown: Options.MaxChoicesPerRequest);
        Task[] groups = [.. batch.Requests.Chunk(most).Select(group => AskAsync(batch, group, finished.Writer, giveUp.Token))];
        Task all = CloseAsync(groups, finished.Writer);
        try
        {
            await foreach (SampleDelivery delivery in finished.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return delivery;
        }
        finally
        {
            // A caller that stops listening leaves no request in flight.
            await giveUp.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await all.ConfigureAwait(false);
    }

    private static async Task CloseAsync(Task[] groups, ChannelWriter<SampleDelivery> finished)
    {
        try
        {
            await Task.WhenAll(groups).ConfigureAwait(false);
        }
        finally
        {
            finished.Complete();
        }
    }

    private async Task AskAsync(SampleBatch batch, SampleRequest[] group, ChannelWriter<SampleDelivery> finished, CancellationToken cancellationToken)
    {
        IReadOnlyList<CallOutcome> outcomes = await CallAsync(batch, group, cancellationToken).ConfigureAwait(false);
        bool isEmulated = Options.EffectiveChoices != ChoicesMode.Off && batch.Requests.Count > 1 && (outcomes.Count < group.Length || group.Length == 1);
        for (int i = 0; i < outcomes.Count; i++)
            finished.TryWrite(new SampleDelivery(group[i].Key, isEmulated && group.Length == 1 ? OutcomeNotes.With(outcomes[i], OutcomeNotes.EmulatedKey, "n") : outcomes[i]));

        await Task.WhenAll(group.Skip(outcomes.Count).Select(missing => AskAsync(batch, [missing], finished, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>One request for a whole group: at least one outcome, at most one for each member.</summary>
    private async Task<IReadOnlyList<CallOutcome>> CallAsync(SampleBatch batch, SampleRequest[] group, CancellationToken cancellationToken)
    {
        string key = group.Length == 1 ? group[0].Key : $"{group[0].Key}+{group.Length - 1}";
        var call = new CompletionCall(key, batch.Messages, batch.Options, Options.EffectiveCapabilities.Seed ? group[0].Seed : null, group.Length);
        Attempt attempt = await Calls.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (attempt.Reply is not { } reply)
            return [.. Enumerable.Repeat(new CallOutcome { Failure = attempt.Failure }, group.Length)];

        IReadOnlyList<CallOutcome> outcomes = ReplyReader.Outcomes(reply, group.Length, batch.Options);
        if (call.Seed is not null && SeedFroze(batch.Options, outcomes))
        {
            // One sample, however often: the others are asked for one by one, each with its own seed.
            traits.SawFrozenChoices(group.Length);
            outcomes = ReplyReader.Outcomes(reply, 1, batch.Options);
        }

        Learn(batch.Options, group.Length, reply, outcomes);
        string omitted = string.Join(',', traits.Refused.Where(p => p != "n" && Asks(batch.Options, p)).Concat(Unknown(batch.Options)));
        return omitted.Length == 0 ? outcomes : [.. outcomes.Select(o => OutcomeNotes.With(o, OutcomeNotes.OmittedKey, omitted))];
    }

    // Some servers give every choice of one request the same seed. Short or cool texts may be equal by themselves.
    private static bool SeedFroze(SampleOptions options, IReadOnlyList<CallOutcome> outcomes) =>
        outcomes.Count > 1
        && options.Temperature is null or >= 0.5
        && outcomes.All(o => o.Text is { Length: >= 200 } text && text == outcomes[0].Text);

    private void Learn(SampleOptions options, int asked, ChatReply reply, IReadOnlyList<CallOutcome> outcomes)
    {
        traits.SawChoices(asked, outcomes.Count);
        traits.SawUsage(reply.Usage is not null);
        if (options.LogProbabilities && outcomes.Any(o => o.Text?.Length > 0))
            traits.SawLogProbabilities(outcomes.Any(o => o.LogProbabilities.Count > 0));
    }

    /// <summary>What this API has no parameter for.</summary>
    private static IEnumerable<string> Unknown(SampleOptions options)
    {
        if (options.ConfidenceFloor is not null)
            yield return "confidence_floor";
        if (options.MaxThinkingTokens is not null)
            yield return "max_thinking_tokens";
        if (options.ScoredText is not null)
            yield return "scored_text";
    }

    // Whether leaving the parameter out changes what the caller asked for.
    private static bool Asks(SampleOptions options, string parameter) => parameter switch
    {
        "temperature" => options.Temperature is not null,
        "top_p" => options.TopP is not null,
        "top_k" => options.TopK is not null,
        "max_tokens" or "max_completion_tokens" => options.MaxOutputTokens is not null,
        "stop" => options.StopSequences.Count > 0,
        "logprobs" or "top_logprobs" => options.LogProbabilities,
        "response_format" => options.ResponseSchema is not null,
        "seed" => true,
        _ => options.Extra.ContainsKey(parameter),
    };
}
