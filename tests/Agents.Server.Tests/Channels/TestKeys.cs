using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agents.Server.Tests.Channels;

/// <summary>An issuer's key pair: publishes one half and signs with the other.</summary>
public sealed class TestKeys(string id = "key-1")
{
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = id };

    /// <summary>The channels that the published key speaks for; null to say nothing of it.</summary>
    public string[]? Endorsements { get; set; }

    /// <summary>The key set as its issuer publishes it.</summary>
    public string Published()
    {
        JsonWebKey half = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
        string endorsed = Endorsements is null ? "" : $",\"endorsements\":{JsonSerializer.Serialize(Endorsements)}";
        return $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{half.Kid}}","n":"{{half.N}}","e":"{{half.E}}"{{endorsed}}}]}""";
    }

    /// <summary>A token.</summary>
    /// <param name="claims">Its claims, as JSON.</param>
    /// <param name="isSigned">Whether it is signed.</param>
    public string Sign(string claims, bool isSigned = true)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return isSigned ? handler.CreateToken(claims, new SigningCredentials(key, SecurityAlgorithms.RsaSha256)) : handler.CreateToken(claims);
    }

    /// <summary>A token whose signature is made with the published half as if it were a shared secret.</summary>
    public string SignWithPublishedHalf(string claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims, new SigningCredentials(new SymmetricSecurityKey(key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.KeyId }, SecurityAlgorithms.HmacSha256));
}
