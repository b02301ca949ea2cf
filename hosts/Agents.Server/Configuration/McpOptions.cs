namespace Agents.Server;

/// <summary>How the server is as an MCP server: the section <c>Agents:Mcp</c>.</summary>
public sealed record McpOptions
{
    /// <summary>The strategy of tools that are called without one; null for the library's default.</summary>
    public string? Strategy { get; init; }

    /// <summary>
    /// The secret that signs the state of runs with the client's own model, 32 characters or more. Null for a random one, with
    /// which such runs end with the process, and cannot be shared by several.
    /// </summary>
    public string? SigningKey { get; init; }

    /// <summary>Seconds in which a client must answer a round. Default 900.</summary>
    public double StateSeconds { get; init; } = 900;

    /// <summary>The most characters of the state that travels through a client. Default 256 Ki; the answers of a round come on top of it.</summary>
    public int MaxStateBytes { get; init; } = 256 * 1024;

    /// <summary>Rounds after which a run with the client's own model ends with what it has, where the call names no number. Default 10, as many as clients do.</summary>
    public int MaxRounds { get; init; } = 10;

    /// <summary>Origins of web pages that may call <c>/mcp</c> besides those of this machine and of the server's own host, as <c>https://HOST[:PORT]</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
}
