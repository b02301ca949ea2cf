using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// Reasoning for agents that have tools. A turn without tools is a run of the strategy. With tools the inner client is asked
/// first: where it calls one, its reply is passed on as it is; where it would answer, the strategy answers in its place, with
/// all that the tools have given in view. So an agent goes on calling its tools, and only its answers are reasoned.
/// Calls of a turn with tools: one, and those of the strategy where it answers. Thread-safe.
/// </summary>
/// <param name="inner">The model, or a client that calls functions by itself.</param>
/// <param name="reasoning">Answers; owns the inner client.</param>
internal sealed class ToolTurnChatClient(IChatClient inner, ReasoningChatClient reasoning) : DelegatingChatClient(reasoning)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!HasTools(options))
            return await reasoning.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        ChatMessage[] conversation = [.. messages];
        ChatResponse turn = await inner.GetResponseAsync(conversation, options, cancellationToken).ConfigureAwait(false);
        if (CallsTools(turn))
            return turn;
        ChatMessage[] calls = [.. turn.Messages.SkipLast(1)];
        ChatResponse answer = await reasoning.GetResponseAsync([.. conversation, .. calls], WithoutTools(options!), cancellationToken).ConfigureAwait(false);
        answer.Messages = [.. calls, .. answer.Messages];
        if (turn.Usage is { } usage)
            (answer.Usage ??= new()).Add(usage);
        return answer;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] conversation = [.. messages];
        ChatMessage[] calls = [];
        ChatOptions? answering = options;
        if (HasTools(options))
        {
            // Whether a turn calls a tool is known at its end, so it cannot be passed on while it is written.
            ChatResponse turn = await inner.GetResponseAsync(conversation, options, cancellationToken).ConfigureAwait(false);
            bool isAnswer = !CallsTools(turn);
            if (isAnswer)
                turn.Messages = calls = [.. turn.Messages.SkipLast(1)];
            foreach (ChatResponseUpdate update in turn.ToChatResponseUpdates())
                yield return update;
            if (!isAnswer)
                yield break;
            answering = WithoutTools(options!);
        }

        await foreach (ChatResponseUpdate update in reasoning.GetStreamingResponseAsync([.. conversation, .. calls], answering, cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    private static bool HasTools(ChatOptions? options) => options is { Tools.Count: > 0, ToolMode: not NoneChatToolMode };

    private static bool CallsTools(ChatResponse turn) => turn.Messages is [.., var last] && last.Contents.Any(c => c is FunctionCallContent);

    private static ChatOptions WithoutTools(ChatOptions options)
    {
        ChatOptions without = options.Clone();
        (without.Tools, without.ToolMode, without.AllowMultipleToolCalls) = (null, null, null);
        return without;
    }
}
