using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
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
        if (!Parity(settings, decoding.Model))
            return 1;
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

    /// <summary>The greatest difference of logits over some texts.</summary>
    private static bool Parity(BenchSettings settings, EmbeddedModel model)
    {
        var decoding = new DecodeRun(model);
        int[][] texts = [.. Enumerable.Range(1, 8).Select(i => decoding.Prompt(i * 17, i))];
        string ids = Path.Combine(Path.GetTempPath(), $"parity-{Environment.ProcessId}.json"), logits = Path.ChangeExtension(ids, ".bin");
        try
        {
            File.WriteAllText(ids, JsonSerializer.Serialize(texts));
            if (Output(settings, [settings.Script, "--folder", settings.Folder, "--logits", ids]) is null)
                return false;
            float[] theirs = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(logits)).ToArray();
            float[] ours = [.. texts.SelectMany(text => Logits(model, text))];
            double greatest = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
            Console.WriteLine($"logits of {texts.Sum(t => t.Length)} positions: greatest difference to PyTorch {greatest:E1}, of logits from {ours.Min():N1} to {ours.Max():N1}");
            return ours.Length == theirs.Length;
        }
        finally
        {
            File.Delete(ids);
            File.Delete(logits);
        }
    }

    private static float[] Logits(EmbeddedModel model, int[] text)
    {
        var pass = new ForwardPass(model.Transformer, model.Pool, text.Length);
        using var sequence = new KeyValueSequence(model.Pool, model.ContextLength);
        sequence.Extend(text.Length);
        pass.Run([.. text.Select((token, p) => new ForwardRow(token, p, sequence, true))]);
        return [.. Enumerable.Range(0, text.Length).SelectMany(i => pass.Logits(i).ToArray())];
    }

    private static double? TokensPerSecond(BenchSettings settings, int batch)
    {
        string[] arguments =
        [
            settings.Script, "--folder", settings.Folder, "--batch", Text(batch), "--prompt-length", Text(settings.PromptLength), "--new-tokens", Text(settings.NewTokens),
        ];
        return Output(settings, arguments) is { } output ? JsonDocument.Parse(output).RootElement.GetProperty("tokens_per_second").GetDouble() : null;
    }

    private static string? Output(BenchSettings settings, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(settings.Python, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return output;
        Console.Error.WriteLine($"{settings.Python} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        return null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
