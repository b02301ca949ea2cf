namespace Agents.Server.Mcp;

/// <summary>Revisions and headers of the Model Context Protocol. The library keeps its own list to itself.</summary>
internal static class McpProtocol
{
    /// <summary>The first revision without a handshake: every request carries its version and the client's capabilities, and HTTP requests their method and name as headers.</summary>
    public const string Stateless = "2026-07-28";

    public const string VersionHeader = "MCP-Protocol-Version";

    public const string SessionHeader = "Mcp-Session-Id";

    public const string MethodHeader = "Mcp-Method";

    public const string NameHeader = "Mcp-Name";

    public const string CancelledNotification = "notifications/cancelled";

    /// <summary>The revisions that begin with a handshake.</summary>
    public static IReadOnlyList<string> WithHandshake { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    public static bool IsKnown(string version) => version == Stateless || WithHandshake.Contains(version);

    /// <summary>Whether a request of this version stands alone. Versions are dates, so their order is that of their text.</summary>
    public static bool StandsAlone(string? version) => !string.IsNullOrEmpty(version) && string.CompareOrdinal(version, Stateless) >= 0;
}
