namespace Agents.Models.Embedded.Bench;

/// <summary>Tokens per second at batch 1, 16 and 64 with a shared prompt, on one thread and on two, in alternating windows.</summary>
internal static class DecodeBenchmark
{
    private static readonly int[] batches = [1, 16, 64];

    public static void Run(BenchSettings settings)
    {
        DecodeRun[] runs = [new(settings.Load(1)), new(settings.Load(2))];
        EmbeddedModel loaded = runs[0].Model;
        Console.WriteLine($"{loaded.ModelId}, prompt {settings.PromptLength}, {settings.NewTokens} tokens a row, {settings.Rows} rows a thread, weights {loaded.Transformer.Size / 1e6:N1} MB; tokens per second, median of {settings.Runs} (least–most)");
        var measured = new Dictionary<(int Batch, int Threads), List<(double Wall, double Cpu)>>();
        for (int run = -3; run < settings.Runs; run++)
        {
            foreach (int batch in batches)
            {
                for (int threads = 1; threads <= runs.Length; threads++)
                {
                    DecodeRun decoding = runs[threads - 1];
                    (double Wall, double Cpu) speed = decoding.Measure(decoding.Prompt(settings.PromptLength, run), batch, settings.NewTokens);
                    if (run >= 0) // The first ones warm up.
                        (measured.TryGetValue((batch, threads), out List<(double Wall, double Cpu)>? list) ? list : measured[(batch, threads)] = []).Add(speed);
                }
            }
        }

        foreach (int batch in batches)
        {
            Spread one = new(measured[(batch, 1)].Select(m => m.Wall)), two = new(measured[(batch, 2)].Select(m => m.Wall));
            Spread cpu = new(measured[(batch, 1)].Select(m => m.Cpu)), cpuOfTwo = new(measured[(batch, 2)].Select(m => m.Cpu));
            Console.WriteLine($"batch {batch,3}   one thread {one}   two threads {two}   two/one {two.Median / one.Median:N2}   a CPU second: {cpu}, {cpuOfTwo}");
        }
    }
}
