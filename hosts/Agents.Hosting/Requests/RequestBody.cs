using System.Security.Cryptography;
using System.Text.Json;

namespace Agents.Hosting.Requests;

/// <summary>A request's body: a JSON object within limits.</summary>
/// <param name="Root">The JSON object.</param>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal.</param>
public sealed record RequestBody(JsonElement Root, string Hash)
{
    /// <summary>Reads a body.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="maxDepth">How deep it may nest.</param>
    /// <exception cref="ApiException">It is no JSON, nested too deeply, or no object.</exception>
    public static RequestBody Parse(ReadOnlyMemory<byte> bytes, int maxDepth)
    {
        JsonElement root = ParseValue(bytes, maxDepth);
        return root.ValueKind == JsonValueKind.Object
            ? new RequestBody(root, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)))
            : throw ApiException.Invalid(null, "The body must be a JSON object.", "invalid_json");
    }

    /// <summary>Reads a body that may be any JSON value.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="maxDepth">How deep it may nest.</param>
    /// <exception cref="ApiException">It is no JSON, or nested too deeply.</exception>
    public static JsonElement ParseValue(ReadOnlyMemory<byte> bytes, int maxDepth)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw ApiException.Invalid(null, $"The body is no JSON that can be read (at most {maxDepth} deep, no name twice): line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", "invalid_json");
        }
    }
}
