using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Models.Command;

/// <summary>
/// Ends a process with all its descendants. Children of a parent that is gone belong to nobody the operating system would name;
/// on Linux they are found by a mark in the environment that all of them inherit.
/// </summary>
internal static class ProcessTree
{
    public const string MarkName = "AGENTS_COMMAND_RUN";
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private const int MaxRounds = 10;

    /// <summary>A mark that no other run has.</summary>
    public static string NewMark() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Ends the process, where it still runs, and everything that carries the mark.</summary>
    public static void End(Process process, string mark)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            // The signal is only on its way yet; what is said to have ended has ended.
            process.WaitForExit(EndTime);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or a descendant did meanwhile.
        }

        if (!OperatingSystem.IsLinux())
            return;
        // Again until none is found: one may have had a child between being found and being ended.
        byte[] wanted = Encoding.ASCII.GetBytes($"{MarkName}={mark}");
        for (int round = 0; round < MaxRounds && EndMarked(wanted); round++)
        {
        }
    }

    private static bool EndMarked(byte[] wanted)
    {
        bool any = false;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                continue;
            try
            {
                if (File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(wanted) < 0)
                    continue;
                using Process found = Process.GetProcessById(id);
                found.Kill();
                found.WaitForExit(EndTime);
                any = true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
            {
                // Another user's process, or one that ended meanwhile.
            }
        }

        return any;
    }
}
