namespace Agents.Server;

/// <summary>The server's configuration cannot be used. The message names the setting and what would be right.</summary>
public sealed class ServerOptionsException(string message) : ArgumentException(message);
