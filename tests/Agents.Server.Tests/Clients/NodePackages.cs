using System.Diagnostics;
using Agents.Testing;

namespace Agents.Server.Tests.Clients;

/// <summary>The pinned npm packages of <c>tests/clients</c>, installed once into the tests' own output folder.</summary>
internal static class NodePackages
{
    private static readonly string[] files = ["package.json", "package-lock.json", "openai.mjs", "ai.mjs", "responses.mjs", "tsconfig.json", "declared.ts"];
    private static readonly Lazy<Task<string>> installed = new(InstallAsync);

    /// <summary>The folder with the packages and the scripts.</summary>
    public static Task<string> InstalledAsync() => installed.Value;

    private static async Task<string> InstallAsync()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "clients");
        Directory.CreateDirectory(folder);
        string lockFile = RepositoryRoot.At("tests", "clients", "package-lock.json");
        string mark = Path.Combine(folder, "installed.txt");
        string wanted = await File.ReadAllTextAsync(lockFile);
        foreach (string file in files)
            File.Copy(RepositoryRoot.At("tests", "clients", file), Path.Combine(folder, file), overwrite: true);
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == wanted)
            return folder;
        using Process npm = Process.Start(new ProcessStartInfo("npm", "ci --no-audit --no-fund --ignore-scripts") { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        Task<string> output = npm.StandardOutput.ReadToEndAsync(), error = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed in {folder}: {await output}{await error}");
        await File.WriteAllTextAsync(mark, wanted);
        return folder;
    }
}
