using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Agents.Server;

/// <summary>Knows callers by their keys and tokens. Keys are kept hashed, and all are compared, each in fixed time.</summary>
internal sealed class CallerRegister : IDisposable
{
    private readonly (byte[] Hash, Caller Caller)[] keys;
    private readonly ConcurrentDictionary<string, Caller> tokenCallers = new(StringComparer.Ordinal);
    private readonly Caller local;
    private readonly EntraTokens? tokens;
    private readonly Func<string, Caller> known;

    public CallerRegister(ServerOptions options, TimeProvider time)
    {
        keys = [.. options.Keys.Select(k => (Convert.FromHexString(k.Sha256), new Caller(k.Name, k.Limits ?? options.Limits, time)))];
        local = new Caller("local", options.Limits, time);
        tokens = options.Entra is { } entra ? new EntraTokens(entra, time) : null;
        known = name => new Caller(name, options.Entra?.Limits ?? options.Limits, time);
    }

    /// <summary>Who calls where neither key nor token is needed: a user of this machine.</summary>
    public Caller Local => local;

    /// <summary>Whether a key or a token is needed.</summary>
    public bool NeedsKey => keys.Length > 0 || tokens is not null;

    /// <summary>The caller of this name: of a key that is configured, of tokens, or <c>local</c>. Null where the key is gone.</summary>
    public Caller? Named(string name) =>
        keys.Select(k => k.Caller).FirstOrDefault(c => c.Name == name)
        ?? (tokens is not null && name.StartsWith(EntraTokens.NamePrefix, StringComparison.Ordinal) ? tokenCallers.GetOrAdd(name, known) : null)
        ?? (!NeedsKey && name == local.Name ? local : null);

    /// <summary>Who sends a request, by <c>Authorization: Bearer</c> or <c>x-api-key</c>.</summary>
    /// <exception cref="ApiException">No key or token, or a wrong one.</exception>
    public async Task<Caller> OfAsync(HttpRequest request)
    {
        // Of two credentials a proxy in front may have checked the other one.
        if (request.Headers.Authorization.Count > 1 || request.Headers["x-api-key"].Count > 1)
            throw ApiException.Invalid("Authorization", "The request has more than one credential.", "duplicate_header");
        if (!NeedsKey)
            return local;
        string? key = KeyOf(request);
        if (string.IsNullOrEmpty(key))
            throw new ApiException(401, "authentication_error", "A key is needed: send it as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.", null, "missing_api_key");
        if (tokens is not null && EntraTokens.IsToken(key))
            return tokenCallers.GetOrAdd(await tokens.CallerOfAsync(key, request.HttpContext.RequestAborted), known);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        Caller? found = null;
        foreach ((byte[] kept, Caller caller) in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(kept, hash))
                found = caller;
        }

        return found ?? throw new ApiException(401, "authentication_error", "The key is not one of this server's.", null, "invalid_api_key");
    }

    public void Dispose() => tokens?.Dispose();

    private static string? KeyOf(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : request.Headers["x-api-key"].ToString().Trim();
    }
}
