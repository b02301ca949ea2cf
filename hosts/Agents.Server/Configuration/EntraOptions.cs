namespace Agents.Server;

/// <summary>Whose Microsoft Entra tokens let a caller in. Any issuer that publishes its OpenID configuration works the same way.</summary>
public sealed record EntraOptions
{
    /// <summary>The issuer, such as <c>https://login.microsoftonline.com/TENANT/v2.0</c>; its keys are read from <c>/.well-known/openid-configuration</c> below it.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The application that tokens must be made for: its id, or its id URI.</summary>
    public string Audience { get; init; } = "";

    /// <summary>The app role (claim <c>roles</c>) or scope (claim <c>scp</c>) that a token must carry.</summary>
    public string Role { get; init; } = "";

    /// <summary>The limits of each caller; null for those of the server.</summary>
    public CallerLimits? Limits { get; init; }
}
