using System.ClientModel.Primitives;

namespace Agents.Models.OpenAI;

/// <summary>The one place where bytes go out.</summary>
internal interface IChatTransport
{
    /// <summary>Posts a chat completion once and returns with the headers; the body is still to be read. Error statuses are responses, not exceptions.</summary>
    Task<PipelineResponse> PostAsync(BinaryData body, string key, CancellationToken cancellationToken);
}
