#pragma warning disable MCP9005 // Sampling is deprecated, and there is nothing else by which a client lends its model.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Agents.Server.Mcp;

/// <summary>Model calls as the sampling requests of MCP, and their replies as outcomes.</summary>
internal static class ClientCalls
{
    /// <summary>The cap on a reply where nothing sets one: the protocol wants a number.</summary>
    public const int MaxTokens = 4096;

    /// <summary>The name of a call in a round: short, and the same whenever the round is asked for again.</summary>
    public static string NameOf(ModelCall call) => "call-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call.Key)))[..16];

    public static InputRequest RequestOf(ModelCall call)
    {
        string system = string.Join("\n\n", call.Messages.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        return InputRequest.ForSampling(new CreateMessageRequestParams
        {
            SystemPrompt = system.Length > 0 ? system : null,
            Messages = [.. call.Messages.Where(m => m.Role != ChatRole.System).Select(m => new SamplingMessage { Role = m.Role == ChatRole.Assistant ? Role.Assistant : Role.User, Content = [new TextContentBlock { Text = m.Text }] })],
            MaxTokens = call.Options.MaxOutputTokens ?? MaxTokens,
            Temperature = (float?)call.Options.Temperature,
            StopSequences = call.Options.StopSequences.Count > 0 ? [.. call.Options.StopSequences] : null,
        });
    }

    /// <summary>What a client said. A reply that cannot be read is a failed call, not an error: the others still count.</summary>
    public static CallOutcome OutcomeOf(InputResponse response)
    {
        CreateMessageResult? result;
        try
        {
            result = response.RawValue.Deserialize<CreateMessageResult>(McpJsonUtilities.DefaultOptions);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            result = null;
        }

        string? text = result?.Content is { } blocks ? string.Concat(blocks.OfType<TextContentBlock>().Select(b => b.Text)) : null;
        return string.IsNullOrEmpty(text)
            ? CallOutcome.Failed(CallFailureKind.Malformed, "The client's reply is no sampling result with a text.")
            : new CallOutcome { Text = text, FinishReason = result!.StopReason switch { null => null, "endTurn" or "stopSequence" => "stop", "maxTokens" => "length", { } other => other } };
    }
}
