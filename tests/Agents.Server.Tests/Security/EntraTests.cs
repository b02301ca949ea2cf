using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Agents.Server.Tests.Security;

/// <summary>Tokens of Microsoft Entra, from an issuer of our own with its own keys.</summary>
public sealed class EntraTests
{
    private static ServerOptions With(ServerOptions options, StubIssuer issuer) =>
        options with { Entra = new EntraOptions { Authority = new Uri(issuer.Authority), Audience = "app", Role = "Agents.Use" } };

    private static (string, string) Bearer(string token) => ("Authorization", "Bearer " + token);

    [Theory]
    [InlineData("roles")]
    [InlineData("scp")]
    public async Task GoodToken_IsLetIn_AndTheKeysAreReadOnce(string claim)
    {
        await using StubIssuer issuer = await StubIssuer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(o => With(o, issuer));
        string token = issuer.Token(c =>
        {
            c.Remove("roles");
            c[claim] = claim == "scp" ? "openid Agents.Use" : new JsonArray("Other", "Agents.Use");
        });
        for (int i = 0; i < 3; i++)
            Assert.Equal(200, (await server.GetAsync("/v1/models", Bearer(token))).Status);
        Assert.Equal(1, issuer.Reads);
    }

    public static TheoryData<string, int, string> Bad => new()
    {
        { "audience", 401, "invalid_token" },
        { "issuer", 401, "invalid_token" },
        { "expired", 401, "token_expired" },
        { "early", 401, "token_expired" },
        { "endless", 401, "token_expired" },
        { "unsigned", 401, "invalid_token" },
        { "shared-key", 401, "invalid_token" },
        { "other-key", 401, "invalid_token" },
        { "changed", 401, "invalid_token" },
        { "nobody", 401, "invalid_token" },
        { "no-role", 403, "insufficient_role" },
        { "part-of-the-role", 403, "insufficient_role" },
        { "nonsense", 401, "invalid_token" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task BadToken_IsRefused(string fault, int status, string code)
    {
        await using StubIssuer issuer = await StubIssuer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(o => With(o, issuer));
        using RSA other = RSA.Create(2048);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string token = fault switch
        {
            "audience" => issuer.Token(c => c["aud"] = "another-app"),
            "issuer" => issuer.Token(c => c["iss"] = "https://login.microsoftonline.com/another/v2.0"),
            "expired" => issuer.Token(c => (c["nbf"], c["exp"]) = (now - 7200, now - 3600)),
            "early" => issuer.Token(c => c["nbf"] = now + 1800),
            "endless" => issuer.Token(c => c.Remove("exp")),
            "unsigned" => issuer.Token(algorithm: "none"),
            "shared-key" => issuer.Token(algorithm: "HS256"),
            "other-key" => issuer.Token(by: other),
            "changed" => Changed(issuer.Token()),
            "nobody" => issuer.Token(c =>
            {
                c.Remove("oid");
                c.Remove("sub");
            }),
            "no-role" => issuer.Token(c => c.Remove("roles")),
            "part-of-the-role" => issuer.Token(c => c["roles"] = new JsonArray("Agents.Users", "Agents")),
            _ => "not.a.token",
        };
        (int answered, JsonElement body) = await server.GetAsync("/v1/models", Bearer(token));
        Assert.Equal((status, code), (answered, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.DoesNotContain(token, body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAToken_NothingButHealthIsOpen()
    {
        await using StubIssuer issuer = await StubIssuer.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(o => With(o, issuer));
        Assert.Equal((401, 401, 200), ((await server.GetAsync("/v1/models")).Status, (await server.GetAsync("/v1/models", Bearer("a-key-of-nobody"))).Status, (await server.GetAsync("/healthz")).Status));
    }

    [Fact]
    public async Task IssuerThatCannotBeAsked_LetsNobodyIn()
    {
        StubIssuer issuer = await StubIssuer.StartAsync();
        string token = issuer.Token();
        await using RunningServer server = await RunningServer.StartAsync(o => With(o, issuer));
        await issuer.DisposeAsync();
        (int status, JsonElement body) = await server.GetAsync("/v1/models", Bearer(token));
        Assert.Equal((503, "issuer_unavailable"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Jobs_BelongToTheTokensObject_AndTheTokenIsKeptNowhere()
    {
        using var folder = new TestFolder();
        await using StubIssuer issuer = await StubIssuer.StartAsync();
        string ada = issuer.Token(), bob = issuer.Token(c => c["oid"] = "bob");
        RecordedLog log;
        await using (RunningServer server = await RunningServer.StartAsync(o => With(o, issuer) with { StateFolder = folder.Path }))
        {
            log = server.Log;
            (_, JsonElement accepted, _) = await server.PostAsync("/api/reason", """{"question":"q","strategy":"direct"}""", ("Prefer", "respond-async"), Bearer(ada));
            string path = "/api/reason/" + accepted.GetProperty("id").GetString();
            Assert.Equal(404, (await server.GetAsync(path, Bearer(bob))).Status);
            // Another token of the same object.
            Assert.NotEqual(404, (await server.GetAsync(path, Bearer(issuer.Token(c => c["jti"] = "2")))).Status);
        }

        string rows = string.Concat(Directory.GetFiles(folder.Path, "*.db*").Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        SqliteConnection.ClearAllPools();
        Assert.Contains("entra:ada", rows, StringComparison.Ordinal);
        string signature = ada.Split('.')[2];
        Assert.DoesNotContain(signature, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(signature, string.Join('\n', log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Agents:Entra:Authority", "http://login.example/t", "app", "r")]
    [InlineData("Agents:Entra:Audience", "https://login.example/t", "", "r")]
    [InlineData("Agents:Entra:Role", "https://login.example/t", "app", " ")]
    public void Options_ThatWouldLetTooManyIn_AreRefused(string said, string authority, string audience, string role)
    {
        var options = new ServerOptions
        {
            Urls = ["http://0.0.0.0:0"],
            Models = new Dictionary<string, ServedModelOptions> { ["m"] = new() { Spec = "openai:m@http://127.0.0.1:1/v1" } },
            Entra = new EntraOptions { Authority = new Uri(authority), Audience = audience, Role = role },
        };
        Assert.Contains(said, Assert.Throws<ServerOptionsException>(() => ServerOptionsReview.Check(options)).Message, StringComparison.Ordinal);
    }

    private static string Changed(string token)
    {
        string[] parts = token.Split('.');
        string claims = Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '='))).Replace("ada", "eve", StringComparison.Ordinal);
        return $"{parts[0]}.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.{parts[2]}";
    }
}
