using System.Runtime.InteropServices;
using Agents.Server.Tests.Clients;

namespace Agents.Server.Tests.Mcp;

/// <summary>A test that needs Node.js 22: the machine's own, or on Linux x64 the one that npm brings. Skipped by name where there is neither.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Node22FactAttribute : FactAttribute
{
    /// <summary>Skips the test where Node.js 22 is neither there nor can be had.</summary>
    public Node22FactAttribute()
    {
        bool isBrought = NodeVersion.Installed > 0 && OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;
        if (NodeVersion.Installed < 22 && !isBrought)
            Skip = "Node.js 22 or newer is not on this machine.";
    }
}
