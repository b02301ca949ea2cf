using Agents.Answers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>A question to a strategy. Immutable; the messages must not be changed while a run uses them.</summary>
public sealed record ReasoningRequest
{
    /// <summary>A request from one question.</summary>
    public static ReasoningRequest FromQuestion(string question, AnswerKind expected = AnswerKind.Any) =>
        new() { Messages = [new ChatMessage(ChatRole.User, question)], ExpectedAnswer = expected };

    /// <summary>A request from a conversation and its options: instructions become a system message, sampling options are taken over; seed and tools are not part of a request.</summary>
    public static ReasoningRequest FromChat(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        IEnumerable<ChatMessage> instructions = options?.Instructions is { Length: > 0 } text ? [new ChatMessage(ChatRole.System, text)] : [];
        return new() { Messages = [.. instructions, .. messages], Options = ChatOptionsMapping.ToSampleOptions(options) };
    }

    /// <summary>The conversation; its last message is the user's question.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>The kind of answer the question asks for.</summary>
    public AnswerKind ExpectedAnswer { get; init; } = AnswerKind.Any;

    /// <summary>Sampling options of the caller; a strategy's own settings apply where these are null.</summary>
    public SampleOptions Options { get; init; } = SampleOptions.Default;

    /// <summary>How answers are found in samples.</summary>
    public IAnswerExtractor Extractor { get; init; } = FinalAnswerExtractor.Default;

    /// <summary>When two answers are the same.</summary>
    public AnswerEquivalence Equivalence { get; init; } = AnswerEquivalence.Default;

    /// <summary>An exact check of an answer, where the caller has one; else null. Strategies that use verdicts ask it before their verifier.</summary>
    public IAnswerChecker? Checker { get; init; }

    /// <summary>
    /// An answer or solution known to be right, where the caller has one; else null. Judges compare with it. No solver sees it,
    /// but a judge's verdict then decides by it: an evaluation must leave it null, or it measures nothing.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>The text of the last user message.</summary>
    public string Question => Messages.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";
}
