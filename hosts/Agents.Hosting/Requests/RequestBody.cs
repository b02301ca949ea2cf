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
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw ApiException.Invalid(null, "The body must be a JSON object.", "invalid_json");
            return new RequestBody(document.RootElement.Clone(), Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        }
        catch (JsonException e)
        {
            throw ApiException.Invalid(null, $"The body is no JSON that can be read (at most {maxDepth} deep, no name twice): line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", "invalid_json");
        }
    }
}
