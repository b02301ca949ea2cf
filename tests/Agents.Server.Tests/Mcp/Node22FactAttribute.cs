using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Agents.Server.Tests.Mcp;

/// <summary>A test that needs Node.js 22: the machine's own, or on Linux x64 the one that npm brings. Skipped by name where there is neither.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Node22FactAttribute : FactAttribute
{
    /// <summary>The major version of the machine's Node.js, 0 for none.</summary>
    public static int Installed { get; } = VersionOf("node");

    /// <summary>Skips the test where Node.js 22 is neither there nor can be had.</summary>
    public Node22FactAttribute()
    {
        bool isBrought = Installed > 0 && OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;
        if (Installed < 22 && !isBrought)
            Skip = "Node.js 22 or newer is not on this machine.";
    }

    private static int VersionOf(string program)
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
            return Version.TryParse(node.StandardOutput.ReadToEnd().Trim().TrimStart('v'), out Version? number) ? number.Major : 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }
}
