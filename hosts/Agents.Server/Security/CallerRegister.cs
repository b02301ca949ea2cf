using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Agents.Server;

/// <summary>Knows callers by their keys. Keys are kept hashed, and all are compared, each in fixed time.</summary>
internal sealed class CallerRegister
{
    private readonly (byte[] Hash, Caller Caller)[] keys;
    private readonly Caller local;

    public CallerRegister(ServerOptions options, TimeProvider time)
    {
        keys = [.. options.Keys.Select(k => (Convert.FromHexString(k.Sha256), new Caller(k.Name, k.Limits ?? options.Limits, time)))];
        local = new Caller("local", options.Limits, time);
    }

    /// <summary>Who calls where no key is needed: a user of this machine.</summary>
    public Caller Local => local;

    /// <summary>Whether a key is needed.</summary>
    public bool NeedsKey => keys.Length > 0;

    /// <summary>The caller of this name: of a key that is configured, or <c>local</c>. Null where the key is gone.</summary>
    public Caller? Named(string name) => keys.Select(k => k.Caller).FirstOrDefault(c => c.Name == name) ?? (!NeedsKey && name == local.Name ? local : null);

    /// <summary>Who sends a request, by <c>Authorization: Bearer</c> or <c>x-api-key</c>.</summary>
    /// <exception cref="ApiException">No key, or a wrong one.</exception>
    public Caller Of(HttpRequest request)
    {
        if (!NeedsKey)
            return local;
        string? key = KeyOf(request);
        if (string.IsNullOrEmpty(key))
            throw new ApiException(401, "authentication_error", "A key is needed: send it as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.", null, "missing_api_key");
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        Caller? found = null;
        foreach ((byte[] known, Caller caller) in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = caller;
        }

        return found ?? throw new ApiException(401, "authentication_error", "The key is not one of this server's.", null, "invalid_api_key");
    }

    private static string? KeyOf(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : request.Headers["x-api-key"].ToString().Trim();
    }
}
