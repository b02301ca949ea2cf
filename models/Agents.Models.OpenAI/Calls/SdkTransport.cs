using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace Agents.Models.OpenAI;

/// <summary>Posts bodies through the OpenAI SDK's pipeline, by its protocol method: address, authentication and headers are the SDK's, the JSON is ours.</summary>
internal sealed class SdkTransport : IChatTransport
{
    private readonly ChatClient client;

#pragma warning disable OPENAI001 // The constructor that takes an authentication policy is marked experimental; it is the only way to send no key, or tokens.
    public SdkTransport(OpenAIModelOptions options, HttpClient http) =>
        client = new ChatClient(options.Model, options.Credential.CreatePolicy(), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new SingleTryPolicy(),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            UserAgentApplicationId = "Agents",
        });
#pragma warning restore OPENAI001

    public async Task<PipelineResponse> PostAsync(BinaryData body, string key, CancellationToken cancellationToken)
    {
        var options = new RequestOptions
        {
            BufferResponse = false,
            CancellationToken = cancellationToken,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
        };
        options.SetHeader("Idempotency-Key", IdempotencyKey.ToHeader(key));
        using var content = BinaryContent.Create(body);
        ClientResult result = await client.CompleteChatAsync(content, options).ConfigureAwait(false);
        return result.GetRawResponse();
    }
}
