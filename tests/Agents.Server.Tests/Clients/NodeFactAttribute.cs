using System.Diagnostics;

namespace Agents.Server.Tests.Clients;

/// <summary>A test that needs Node.js; skipped by name where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private static readonly bool isThere = IsThere();

    /// <summary>Skips the test where Node.js is absent.</summary>
    public NodeFactAttribute()
    {
        if (!isThere)
            Skip = "Node.js 20 or newer is not on this machine.";
    }

    private static bool IsThere()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
            string version = node.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            return Version.TryParse(version, out Version? number) && number.Major >= 20;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
