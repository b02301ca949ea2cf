using System.Text.Json;

namespace Agents.Server.Channels;

/// <summary>The agent's own token, by client credentials (RFC 6749, section 4.4). It is kept until five minutes before its end. Thread-safe.</summary>
internal sealed class ChannelCredential(ChannelOptions options, string secret, HttpClient http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan margin = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim gate = new(1);
    private string? token;
    private DateTimeOffset until;

    /// <summary>The token.</summary>
    /// <exception cref="HttpRequestException">The endpoint gives none. The message says with which status, and nothing of what was sent.</exception>
    public async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (token is null || time.GetUtcNow() >= until)
                await RenewAsync(cancellationToken);
            return token!;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Forgets the token, where a channel refused it.</summary>
    public void Forget() => until = DateTimeOffset.MinValue;

    public void Dispose() => gate.Dispose();

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        string endpoint = options.TokenEndpoint ?? $"https://login.microsoftonline.com/{options.TenantId ?? "botframework.com"}/oauth2/v2.0/token";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.AppId!,
            ["client_secret"] = secret,
            ["scope"] = options.Scope,
        });
        using HttpResponseMessage response = await http.PostAsync(new Uri(endpoint), form, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The token endpoint refused the agent's credentials with {(int)response.StatusCode}.", null, response.StatusCode);
        JsonElement body;
        try
        {
            body = JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (JsonException)
        {
            throw new HttpRequestException("The token endpoint answered with no JSON.");
        }

        if (body.ValueKind != JsonValueKind.Object || Parameters.Find(body, "access_token") is not { ValueKind: JsonValueKind.String } given)
            throw new HttpRequestException("The token endpoint answered without a token.");
        token = given.GetString();
        double seconds = Parameters.Find(body, "expires_in") is { ValueKind: JsonValueKind.Number } life ? life.GetDouble() : 0;
        until = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) - margin;
    }
}
