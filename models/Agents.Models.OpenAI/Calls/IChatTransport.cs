using System.ClientModel.Primitives;

namespace Agents.Models.OpenAI;

/// <summary>The one place where bytes go out.</summary>
internal interface IChatTransport
{
    /// <summary>Posts a chat completion once. Error statuses are responses, not exceptions.</summary>
    Task<PipelineResponse> PostAsync(BinaryData body, string key, bool buffer, CancellationToken cancellationToken);
}
