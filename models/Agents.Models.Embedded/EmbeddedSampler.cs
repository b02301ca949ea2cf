using Agents.Reasoning;

namespace Agents.Models.Embedded;

/// <summary>
/// Draws samples from an embedded model. The prompt of a batch is run once and shared; equal seeds give equal texts whatever
/// runs beside them, on any number of threads. What stands inside <c>&lt;think&gt;</c> is part of the text. Thread-safe.
/// </summary>
public sealed class EmbeddedSampler : ISampler
{
    private const int MaxSamples = 256;

    internal EmbeddedSampler(EmbeddedModel model) => Model = model;

    /// <summary>The model.</summary>
    public EmbeddedModel Model { get; }

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
        ThinkingCap = true,
        ScoresText = true,
        Usage = true,
    };

    /// <inheritdoc/>
    public IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return SampleDeliveries.ReadAsync(batch, deliver => Start(batch, deliver), cancellationToken);
    }

    /// <summary>The prompt of a conversation.</summary>
    /// <exception cref="ArgumentException">It is not text, or leaves no room in the context; the message says so.</exception>
    internal EncodedPrompt Encode(IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages, bool continues)
    {
        EncodedPrompt prompt = Model.Turns.Encode(messages, continues);
        return prompt.Tokens.Length < Model.ContextLength ? prompt
            : throw new ArgumentException($"The prompt has {prompt.Tokens.Length} tokens; the context of {Model.Name} holds {Model.ContextLength}, the reply included.");
    }

    /// <summary>The tokens of a text that is read instead of drawn.</summary>
    /// <exception cref="ArgumentException">It is empty, or the context does not hold it.</exception>
    private int[] Given(EncodedPrompt prompt, string text)
    {
        var tokens = new List<int>();
        Model.Tokenizer.Encode(text, tokens);
        if (tokens.Count == 0)
            throw new ArgumentException("ScoredText is empty; there is nothing to read.");
        return prompt.Tokens.Length + tokens.Count <= Model.ContextLength ? [.. tokens]
            : throw new ArgumentException($"The prompt has {prompt.Tokens.Length} tokens and the text {tokens.Count}; the context of {Model.Name} holds {Model.ContextLength}.");
    }

    private BatchRow[] Start(SampleBatch batch, Action<SampleDelivery> deliver)
    {
        SamplingRules rules = SamplingRules.From(batch.Options, Model.Generation);
        EncodedPrompt prompt = Encode(batch.Messages, batch.Options.ContinueAssistant);
        IReadOnlyDictionary<string, string> notes = OutcomeNotes.Of(batch.Options, prompt);
        var closing = new List<int>();
        if (rules.MaxThinking is not null)
            Model.Tokenizer.Encode(ThinkingCap.Close, closing);
        int[]? given = batch.Options.ScoredText is { } scored ? Given(prompt, scored) : null;
        bool isThinking = batch.Options.ContinueAssistant && ThinkingCap.LeavesOpen(batch.Messages[^1].Text);
        BatchRow[] rows =
        [
            .. batch.Requests.Select((request, i) => new BatchRow(
                prompt.Tokens, rules, new SampleRandom(request.Seed, request.Index),
                outcome => deliver(new SampleDelivery(request.Key, outcome with { Metadata = notes })))
            {
                BearsPrompt = i == 0,
                Given = given,
                Thinking = rules.MaxThinking is { } most ? new ThinkingCap(most, closing, isThinking) : null,
            }),
        ];
        Model.Decoder.Submit(prompt.Tokens, rows);
        return rows;
    }
}
