using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Agents.Models.Command;

/// <summary>What came of one run.</summary>
/// <param name="ExitCode">The exit code; without meaning where it timed out or could not run.</param>
/// <param name="TimedOut">It was ended at its time limit.</param>
/// <param name="Output">Both outputs as they came, up to the limit.</param>
/// <param name="CannotRun">Why it could not run, or null when it did.</param>
internal sealed record CommandResult(int ExitCode, bool TimedOut, string Output, string? CannotRun = null);

/// <summary>
/// One run of the command: in a folder of its own that is deleted afterwards, without a shell, with standard input closed, an
/// environment of allowed names, and nothing of its process tree left when it ends.
/// </summary>
internal static class CommandRun
{
    private static readonly TimeSpan drain = TimeSpan.FromSeconds(2);

    public static async Task<CommandResult> RunAsync(CommandOptions options, string code, string question, CancellationToken cancellationToken)
    {
        string? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("agents-command-").FullName;
            return await RunInAsync(folder, options, code, question, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new CommandResult(0, false, "", $"The command's folder or files could not be made: {e.Message}");
        }
        finally
        {
            if (folder is not null)
                Delete(folder);
        }
    }

    private static async Task<CommandResult> RunInAsync(string folder, CommandOptions options, string code, string question, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, options.FileName), asked = Path.Combine(folder, "question.txt");
        await File.WriteAllTextAsync(asked, question, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(file, code, cancellationToken).ConfigureAwait(false);
        string mark = ProcessTree.NewMark();
        using var process = new Process { StartInfo = StartInfo(folder, options, file, asked, mark) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return new CommandResult(0, false, "", $"The command '{options.Command[0]}' could not be started: {e.Message}");
        }

        var output = new BoundedOutput(options.MaxOutput);
        Task reading = Task.WhenAll(output.ReadAsync(process.StandardOutput), output.ReadAsync(process.StandardError));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeLimitSeconds));
        bool timedOut = false;
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            timedOut = true;
        }
        finally
        {
            // Also after a good end: what it left running in the background would outlive its folder.
            ProcessTree.End(process, mark);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // Nobody holds the pipes any longer, or it is somebody who was not to be found: then what was read is enough.
        await Task.WhenAny(reading, Task.Delay(drain, CancellationToken.None)).ConfigureAwait(false);
        return new CommandResult(timedOut ? -1 : process.ExitCode, timedOut, output.Text);
    }

    private static ProcessStartInfo StartInfo(string folder, CommandOptions options, string file, string question, string mark)
    {
        string[] words = [.. options.Command.Select(w => w.Replace(CommandOptions.FilePlace, file, StringComparison.Ordinal).Replace(CommandOptions.QuestionPlace, question, StringComparison.Ordinal))];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach (string name in options.InheritedVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        foreach (string home in new[] { "HOME", "TMPDIR", "TEMP", "TMP" })
            start.Environment[home] = folder;
        start.Environment[ProcessTree.MarkName] = mark;
        return start;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The code may have taken the rights away from a folder of its own; that must not cost the verdict.
        }
    }

    /// <summary>Keeps the first so many characters of both outputs and drops the rest, so that a flood neither blocks nor fills memory.</summary>
    private sealed class BoundedOutput(int limit)
    {
        private readonly StringBuilder kept = new();
        private long dropped;

        public string Text
        {
            get
            {
                lock (kept)
                    return dropped == 0 ? kept.ToString() : string.Create(CultureInfo.InvariantCulture, $"{kept}\n({dropped} more characters)");
            }
        }

        public async Task ReadAsync(StreamReader reader)
        {
            char[] buffer = new char[4096];
            try
            {
                while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
                {
                    lock (kept)
                    {
                        int taken = Math.Min(count, limit - kept.Length);
                        kept.Append(buffer, 0, taken);
                        dropped += count - taken;
                    }
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The pipe went with the process.
            }
        }
    }
}
