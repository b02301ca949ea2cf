namespace Agents.Server;

/// <summary>
/// How the server is set up: the section <c>Agents</c> of its configuration (a JSON file, or environment variables such as
/// <c>Agents__Urls__0</c>). Checked once, before anything listens.
/// </summary>
public sealed record ServerOptions
{
    /// <summary>Where to listen, as <c>http://HOST:PORT</c>; port 0 takes a free one. Other machines are let in only with keys configured.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>The models by the name under which they are served. Requests choose among these and nothing else.</summary>
    public IReadOnlyDictionary<string, ServedModelOptions> Models { get; init; } = new Dictionary<string, ServedModelOptions>();

    /// <summary>Who may call. Empty: anyone on this machine.</summary>
    public IReadOnlyList<ApiKeyOptions> Keys { get; init; } = [];

    /// <summary>Microsoft Entra tokens that let callers in, beside or in place of keys; null for none.</summary>
    public EntraOptions? Entra { get; init; }

    /// <summary>The limits of callers whose key sets none.</summary>
    public CallerLimits Limits { get; init; } = new();

    /// <summary>The folder of jobs and their journals; null to keep jobs in a folder that ends with the process.</summary>
    public string? StateFolder { get; init; }

    /// <summary>The folder of workflows that <c>POST /api/workflows/NAME</c> runs by name; null for none.</summary>
    public string? WorkflowFolder { get; init; }

    /// <summary>Largest request body, bytes. Default 1 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>How deep a body's JSON may nest. Default 64.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>Most messages of a conversation. Default 1024.</summary>
    public int MaxMessages { get; init; } = 1024;

    /// <summary>Seconds of silence after which a stream gets a comment. Default 10.</summary>
    public double HeartbeatSeconds { get; init; } = 10;

    /// <summary>Seconds after which an answer to <c>POST /api/reason</c> is not waited for any more: the client gets a 202. Default 60.</summary>
    public double SyncSeconds { get; init; } = 60;

    /// <summary>Seconds that open streams are given to finish at shutdown. Default 30.</summary>
    public double ShutdownSeconds { get; init; } = 30;

    /// <summary>Background jobs in work at once; more wait. Default 16.</summary>
    public int MaxBackgroundJobs { get; init; } = 16;

    /// <summary>The channel of Teams and Copilot, <c>POST /api/messages</c>; null for none.</summary>
    public ChannelOptions? Channel { get; init; }

    /// <summary>Where spans and metrics go by OTLP over HTTP, such as <c>http://127.0.0.1:4318</c>; null for nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>How the server is as an MCP server, at <c>/mcp</c> and over standard input and output.</summary>
    public McpOptions Mcp { get; init; } = new();
}

/// <summary>A key that lets a caller in. Only its hash is kept.</summary>
public sealed record ApiKeyOptions
{
    /// <summary>The caller's name, as it stands in logs and beside jobs.</summary>
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of the key, 64 hexadecimal digits. A key should be random, of 128 bits or more: <c>openssl rand -hex 32</c>.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>This caller's limits; null for those of the server.</summary>
    public CallerLimits? Limits { get; init; }
}
