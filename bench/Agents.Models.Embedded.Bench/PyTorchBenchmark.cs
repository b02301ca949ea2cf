using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Agents.Models.Embedded.Bench;

/// <summary>
/// The engine and PyTorch on the same files, on one thread each, side by side: one window of each in turn, so that whatever
/// else the machine does meets both.
/// </summary>
internal static class PyTorchBenchmark
{
    private static readonly int[] batches = [1, 16, 64];

    public static int Run(BenchSettings settings)
    {
        var decoding = new DecodeRun(settings.Load(1));
        decoding.TokensPerSecond(decoding.Prompt(settings.PromptLength, -1), 16, settings.NewTokens);
        foreach (int batch in batches)
        {
            List<double> ours = [], theirs = [];
            for (int run = 0; run < settings.Runs; run++)
            {
                // A window of ours as long as a fair share of theirs: several batches, the median of them.
                ours.Add(new Spread(Enumerable.Range(0, 3).Select(i => decoding.TokensPerSecond(decoding.Prompt(settings.PromptLength, run * 3 + i), batch, settings.NewTokens))).Median);
                if (TokensPerSecond(settings, batch) is not { } speed)
                    return 1;
                theirs.Add(speed);
            }

            Spread engine = new(ours), torch = new(theirs), ratio = new(ours.Zip(theirs, (a, b) => a / b * 100));
            Console.WriteLine($"batch {batch,3}   engine {engine}   PyTorch {torch} tokens/s   ratio {ratio.Median / 100:N1} ({ratio.Least / 100:N1}–{ratio.Most / 100:N1})");
        }

        return 0;
    }

    private static double? TokensPerSecond(BenchSettings settings, int batch)
    {
        string[] arguments =
        [
            settings.Script, "--folder", settings.Folder, "--batch", Text(batch), "--prompt-length", Text(settings.PromptLength), "--new-tokens", Text(settings.NewTokens),
        ];
        using Process process = Process.Start(new ProcessStartInfo(settings.Python, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return JsonDocument.Parse(output).RootElement.GetProperty("tokens_per_second").GetDouble();
        Console.Error.WriteLine($"{settings.Python} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        return null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
