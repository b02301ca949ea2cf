using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Agents.Server;

/// <summary>Names of runs: made anew, or given by the client so that a repeated request is one run.</summary>
internal static class IdempotencyKey
{
    /// <summary>A new run id, 128 bits that nobody can guess.</summary>
    public static string NewRunId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The header <c>Idempotency-Key</c>, or null.</summary>
    /// <exception cref="ApiException">It is no key.</exception>
    public static string? Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var given))
            return null;
        string key = given.ToString();
        return key.Length is > 0 and <= 255 && key.All(c => c is > ' ' and < (char)127) ? key
            : throw ApiException.Invalid("Idempotency-Key", "The header Idempotency-Key must be 1 to 255 printable characters.");
    }
}
