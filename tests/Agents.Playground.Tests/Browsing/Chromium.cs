using System.ComponentModel;
using System.Diagnostics;

namespace Agents.Playground.Tests.Browsing;

/// <summary>The browser of this machine: Chromium, or one built on it. None is ever downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge"];

    /// <summary>The program: <c>CHROMIUM_PATH</c>, one in the search path, or where installers put it. Null where there is none.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException($"CHROMIUM_PATH names '{named}', which is no file.");
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return folders.SelectMany(folder => names.Select(name => System.IO.Path.Combine(folder, name + ending))).Concat(Installed()).FirstOrDefault(program => File.Exists(program) && Answers(program));
    }

    // Some distributions put a script in the browser's place that only says how to install it.
    private static bool Answers(string program)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static IEnumerable<string> Installed()
    {
        if (OperatingSystem.IsMacOS())
            return ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];
        if (!OperatingSystem.IsWindows())
            return [];
        return from root in (Environment.SpecialFolder[])[Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86]
               from program in (string[])["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"]
               select System.IO.Path.Combine(Environment.GetFolderPath(root), program);
    }
}
