using System.Collections.Concurrent;
using System.Diagnostics;
using Agents.Testing;

namespace Agents.Server.Tests.Clients;

/// <summary>The pinned npm packages of <c>tests/clients</c> and of the folders in it, installed once into the tests' own output folder.</summary>
internal static class NodePackages
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> installed = new(StringComparer.Ordinal);

    /// <summary>The folder with the packages and the scripts.</summary>
    /// <param name="name">The folder in <c>tests/clients</c>; empty for itself.</param>
    public static Task<string> InstalledAsync(string name = "") => installed.GetOrAdd(name, n => new Lazy<Task<string>>(() => InstallAsync(n))).Value;

    private static async Task<string> InstallAsync(string name)
    {
        string source = RepositoryRoot.At("tests", "clients", name);
        string folder = Path.Combine(AppContext.BaseDirectory, name.Length == 0 ? "clients" : $"clients-{name}");
        Directory.CreateDirectory(folder);
        string lockFile = Path.Combine(source, "package-lock.json");
        string mark = Path.Combine(folder, "installed.txt");
        string wanted = await File.ReadAllTextAsync(lockFile);
        foreach (string file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
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
