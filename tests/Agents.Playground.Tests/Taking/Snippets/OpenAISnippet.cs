#pragma warning disable OPENAI001, SCME0001 // Seed and Patch are marked experimental
using System.ClientModel;
using OpenAI;
using OpenAI.Chat;

namespace Agents.Playground.Tests.Taking.Snippets;

/// <summary>What the playground gives to copy for the OpenAI SDK.</summary>
internal static class OpenAISnippet
{
    public static async Task<string> RunAsync(string address)
    {
        // begin
        ChatClient client = new(
            "verified-consistency/embedded",
            new ApiKeyCredential(Environment.GetEnvironmentVariable("AGENTS_API_KEY") ?? "none"),
            new OpenAIClientOptions { Endpoint = new Uri(address) });
        ChatCompletionOptions options = new ChatCompletionOptions { Seed = 1 };
        options.Patch.Set("$.reasoning"u8, BinaryData.FromString("""{"samples":8,"verifier":"arithmetic","budget":{"calls":40},"answer_only":true}"""));
        ChatCompletion completion = await client.CompleteChatAsync([new UserChatMessage("123 x 456 =")], options);
        // end
        return completion.Content[0].Text;
    }
}
