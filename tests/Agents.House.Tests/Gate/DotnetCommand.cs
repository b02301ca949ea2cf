using System.Diagnostics;

namespace Agents.House.Tests.Gate;

/// <summary>What a <c>dotnet</c> command left behind.</summary>
internal sealed record DotnetOutcome(int ExitCode, string Output)
{
    /// <summary>Distinct lines, because the console logger repeats each warning in its summary.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. Output.Split('\n').Where(line => line.Contains(": warning ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
}

/// <summary>Runs <c>dotnet</c> in a folder as a user would, untouched by the build that runs these tests.</summary>
internal static class DotnetCommand
{
    public static async Task<DotnetOutcome> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfTheOuterBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT"] = "1";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new DotnetOutcome(process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static bool IsOfTheOuterBuild(string name) =>
        name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("NUGET_", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_HOST_PATH" or "TargetFramework" or "Configuration" or "Platform";
}
