using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;

namespace Agents.Models.OpenAI;

/// <summary>How a request is authenticated. Never shows its secret; equal when key or token source are the same. Thread-safe.</summary>
public sealed class OpenAICredential : IEquatable<OpenAICredential>
{
    private const string AzureScope = "https://ai.azure.com/.default";

    private readonly string? key;
    private readonly AuthenticationTokenProvider? tokens;

    private OpenAICredential(string? key, AuthenticationTokenProvider? tokens) => (this.key, this.tokens) = (key, tokens);

    /// <summary>No authentication: no such header is sent.</summary>
    public static OpenAICredential None { get; } = new(null, null);

    /// <summary>A key, sent as bearer token.</summary>
    /// <param name="key">Printable ASCII, not empty.</param>
    public static OpenAICredential FromKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("The API key has characters that no HTTP header can carry; it must be printable ASCII without spaces.", nameof(key));
        return new OpenAICredential(key, null);
    }

    /// <summary>Microsoft Entra tokens for Azure, such as from a managed identity. Needs an https endpoint.</summary>
    /// <param name="tokens">The source of tokens; any <c>Azure.Core.TokenCredential</c> is one.</param>
    public static OpenAICredential FromTokens(AuthenticationTokenProvider tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new OpenAICredential(null, tokens);
    }

    /// <summary>Microsoft Entra tokens of whatever identity this process has: environment, managed identity, developer sign-in.</summary>
    public static OpenAICredential FromAzureIdentity() => FromTokens(new DefaultAzureCredential());

    /// <summary>True when this credential asks for tokens, which only travel over https.</summary>
    public bool NeedsHttps => tokens is not null;

    internal bool IsNone => key is null && tokens is null;

    internal AuthenticationPolicy CreatePolicy() =>
        tokens is not null ? new BearerTokenPolicy(tokens, AzureScope)
        : key is not null ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(key))
        : new NoAuthenticationPolicy();

    /// <summary>The text without this credential's secret.</summary>
    internal string Redact(string text) => SecretRedactor.Redact(text, key);

    /// <inheritdoc/>
    public bool Equals(OpenAICredential? other) => other is not null && key == other.key && ReferenceEquals(tokens, other.tokens);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OpenAICredential);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(key, tokens);

    /// <summary>The kind of credential; never the secret.</summary>
    public override string ToString() => tokens is not null ? "token" : key is not null ? "key" : "none";
}
