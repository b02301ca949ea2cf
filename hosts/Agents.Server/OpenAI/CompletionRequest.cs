namespace Agents.Server.OpenAI;

/// <summary>A request for a chat completion, read and checked.</summary>
internal sealed record CompletionRequest
{
    /// <summary>What is asked.</summary>
    public required RunQuestion Question { get; init; }

    /// <summary>The model, as the request names it and as the reply repeats it.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the reply is a stream.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether the stream ends with the usage.</summary>
    public bool IncludesUsage { get; init; }

    /// <summary>Whether the reply is the answer alone instead of the solution that states it.</summary>
    public bool AnswerOnly { get; init; }

    /// <summary>The form that the reply must have, or null for free text.</summary>
    public ReplyForm? Form { get; init; }
}
