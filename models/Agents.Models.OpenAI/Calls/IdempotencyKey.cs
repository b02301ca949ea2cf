using System.Security.Cryptography;
using System.Text;

namespace Agents.Models.OpenAI;

/// <summary>Call keys as header values.</summary>
internal static class IdempotencyKey
{
    private const int MaxLength = 200;

    /// <summary>The key itself where a header can carry it, else its SHA-256 in hexadecimal.</summary>
    public static string ToHeader(string key) =>
        key.Length is > 0 and <= MaxLength && key[0] != ' ' && key[^1] != ' ' && !key.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? key
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
