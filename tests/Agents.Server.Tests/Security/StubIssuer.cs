using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Tests.Security;

/// <summary>An issuer of tokens on loopback: it publishes its OpenID configuration and its keys, and signs what a test asks for.</summary>
public sealed class StubIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);

    private StubIssuer(WebApplication app) => this.app = app;

    /// <summary>The issuer's address.</summary>
    public string Authority => app.Urls.Single() + "/tenant/v2.0";

    /// <summary>How often the keys were read.</summary>
    public int Reads { get; private set; }

    /// <summary>Starts an issuer.</summary>
    public static async Task<StubIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new StubIssuer(builder.Build());
        issuer.app.MapGet("/tenant/v2.0/.well-known/openid-configuration", () => Results.Text(new JsonObject { ["issuer"] = issuer.Authority, ["jwks_uri"] = issuer.Authority + "/keys" }.ToJsonString(), "application/json"));
        issuer.app.MapGet("/tenant/v2.0/keys", () =>
        {
            issuer.Reads++;
            RSAParameters shown = issuer.key.ExportParameters(includePrivateParameters: false);
            return Results.Text(new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "k1", ["n"] = Url(shown.Modulus!), ["e"] = Url(shown.Exponent!) }) }.ToJsonString(), "application/json");
        });
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>A token as it should be, changed by <paramref name="change"/>.</summary>
    public string Token(Action<JsonObject>? change = null, string algorithm = "RS256", RSA? by = null)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Authority, ["aud"] = "app", ["oid"] = "ada", ["sub"] = "s", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 3600, ["roles"] = new JsonArray("Agents.Use") };
        change?.Invoke(claims);
        string head = Url(Encoding.UTF8.GetBytes(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = "k1" }.ToJsonString()));
        string signed = $"{head}.{Url(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        byte[] bytes = Encoding.ASCII.GetBytes(signed);
        byte[] signature = algorithm switch
        {
            "none" => [],
            // The public key as the secret of a shared-key signature: accepted by whoever trusts the token's own word on its algorithm.
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => (by ?? key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Url(signature)}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        key.Dispose();
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
