using Agents.Server.OpenAI;

namespace Agents.Server.Responses;

/// <summary>A request for a response, read and checked.</summary>
internal sealed record ResponseRequest
{
    /// <summary>What is asked, as a completion's request says it.</summary>
    public required CompletionRequest Completion { get; init; }

    /// <summary>Whether it is a job that the client comes back for.</summary>
    public bool IsBackground { get; init; }

    /// <summary>Whether the response is kept: to be read again, and to go on from.</summary>
    public bool IsStored { get; init; } = true;
}
