using System.ComponentModel;
using System.Diagnostics;

namespace Agents.Server.Tests.Clients;

/// <summary>The machine's own Node.js.</summary>
internal static class NodeVersion
{
    /// <summary>Its major version; 0 for none.</summary>
    public static int Installed { get; } = Read();

    private static int Read()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
            return Version.TryParse(node.StandardOutput.ReadToEnd().Trim().TrimStart('v'), out Version? number) ? number.Major : 0;
        }
        catch (Win32Exception)
        {
            return 0;
        }
    }
}
