using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// A chat client that reasons: every request is a run of a strategy over the inner client. Thinking and progress are
/// <see cref="TextReasoningContent"/>, the answer is text, the sum over all inner calls is the usage, and the whole
/// <see cref="ReasoningResult"/> is in <c>AdditionalProperties["reasoning"]</c> and is the raw representation, which bridges to
/// other abstractions keep. The caller's tools are not used: a strategy answers. Thread-safe.
/// </summary>
public sealed class ReasoningChatClient : DelegatingChatClient
{
    /// <summary>The name under which the result stands in <c>AdditionalProperties</c>.</summary>
    public const string ResultProperty = "reasoning";

    private readonly IReasoningStrategy strategy;
    private readonly ReasoningRunner runner;
    private readonly RunOptions options;

    /// <summary>Creates the client.</summary>
    /// <param name="inner">Plays every role.</param>
    /// <param name="strategy">How to reason.</param>
    /// <param name="options">Seed, limits and prices of every run; the run id is made anew for each. Null for the defaults.</param>
    /// <param name="runner">The host; null for one over <paramref name="inner"/> without a journal.</param>
    public ReasoningChatClient(IChatClient inner, IReasoningStrategy strategy, RunOptions? options = null, ReasoningRunner? runner = null)
        : base(inner)
    {
        this.strategy = strategy;
        this.options = options ?? new RunOptions();
        this.runner = runner ?? new ReasoningRunner(new ReasoningModels(inner.AsSampler()));
    }

    /// <inheritdoc/>
    /// <exception cref="ReasoningFailedException">No answer could be reached.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ReasoningResult result = await RunAsync(messages, options, null, cancellationToken).ConfigureAwait(false);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, ContentOf(result)))
        {
            FinishReason = ChatFinishReason.Stop,
            ModelId = strategy.Description.Name,
            Usage = UsageOf(result.Usage),
            AdditionalProperties = new() { [ResultProperty] = result },
            RawRepresentation = result,
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ReasoningFailedException">No answer could be reached.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var progress = Channel.CreateUnbounded<ReasoningEvent>(new UnboundedChannelOptions { SingleReader = true });
        // Leaving the stream early cancels the run: nobody pays for an answer that nobody reads.
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ReasoningResult> run = DriveAsync();
        try
        {
            await foreach (ReasoningEvent happened in progress.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (ProgressText.Of(happened) is { } line)
                    yield return Update(new TextReasoningContent(line + "\n"));
            }

            ReasoningResult result = await run.ConfigureAwait(false);
            foreach (AIContent content in ContentOf(result))
                yield return Update(content);
            ChatResponseUpdate last = Update(new UsageContent(UsageOf(result.Usage)));
            last.FinishReason = ChatFinishReason.Stop;
            last.AdditionalProperties = new() { [ResultProperty] = result };
            last.RawRepresentation = result;
            yield return last;
        }
        finally
        {
            await abandoned.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(run).ConfigureAwait(false);
        }

        ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ModelId = strategy.Description.Name };

        async Task<ReasoningResult> DriveAsync()
        {
            try
            {
                return await RunAsync(messages, options, happened => progress.Writer.TryWrite(happened), abandoned.Token).ConfigureAwait(false);
            }
            finally
            {
                progress.Writer.TryComplete();
            }
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(IReasoningStrategy) ? strategy
        // The inner client's sampler would bypass the strategy.
        : serviceType == typeof(ISampler) ? null
        : base.GetService(serviceType, serviceKey);

    private async Task<ReasoningResult> RunAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat, Action<ReasoningEvent>? observer, CancellationToken cancellationToken)
    {
        ReasoningRequest request = ReasoningRequest.FromChat(messages, chat);
        RunOptions run = options with { RunId = Guid.NewGuid().ToString("N"), Seed = chat?.Seed ?? options.Seed };
        ReasoningResult result = await runner.RunAsync(strategy, request, run, observer, cancellationToken).ConfigureAwait(false);
        return result.Answer is not null ? result : throw new ReasoningFailedException(result);
    }

    private static List<AIContent> ContentOf(ReasoningResult result)
    {
        var contents = new List<AIContent>();
        if (result.Selected?.Sample.Outcome.Thinking is { Length: > 0 } thinking)
            contents.Add(new TextReasoningContent(thinking));
        contents.Add(new TextContent(result.Answer!.Text));
        return contents;
    }

    private static UsageDetails UsageOf(RunUsage usage) => new()
    {
        InputTokenCount = usage.InputTokens,
        OutputTokenCount = usage.OutputTokens,
        TotalTokenCount = usage.InputTokens + usage.OutputTokens,
        CachedInputTokenCount = usage.CachedInputTokens,
        ReasoningTokenCount = usage.ReasoningTokens,
        AdditionalCounts = new() { ["model_calls"] = usage.ModelCalls, ["unreported_calls"] = usage.UnreportedCalls },
    };
}

/// <summary>A run ended without an answer.</summary>
/// <param name="result">What there is: candidates, reason, usage.</param>
public sealed class ReasoningFailedException(ReasoningResult result) : Exception(string.Create(CultureInfo.InvariantCulture, $"No answer: {result.Failure}"))
{
    /// <summary>The result without an answer.</summary>
    public ReasoningResult Result { get; } = result;
}
