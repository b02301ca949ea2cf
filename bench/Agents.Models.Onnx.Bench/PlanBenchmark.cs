using System.Globalization;

namespace Agents.Models.Onnx.Bench;

/// <summary>Batch against rewind by the lengths of prompt and text: where the rule of <see cref="DecodingPlan"/> comes from.</summary>
internal static class PlanBenchmark
{
    public static async Task RunAsync(BenchSettings settings)
    {
        using OnnxModel model = settings.Load();
        Console.WriteLine($"{model.ModelId}; milliseconds, median of {settings.Runs}");
        Console.WriteLine("samples  prompt  new   rewind    batch   batch/rewind");
        int[] filler = model.Conversations.Encode([new(Microsoft.Extensions.AI.ChatRole.User, string.Concat(Enumerable.Repeat("Tom has 12 apples. ", 100)))], continues: false);
        foreach (int samples in new[] { 8, 32 })
        {
            foreach (int promptTokens in new[] { 40, 100, 300 })
            {
                foreach (int newTokens in new[] { 20, 60, 150 })
                {
                    List<double> rewind = [], batch = [];
                    for (int run = -1; run < settings.Runs; run++)
                    {
                        double inTurn = await MillisecondsAsync(1), together = await MillisecondsAsync(samples);
                        if (run < 0)
                            continue;
                        rewind.Add(inTurn);
                        batch.Add(together);
                    }

                    double ratio = BenchSettings.Median(batch.Zip(rewind, (b, r) => b / r));
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples,7} {promptTokens,7} {newTokens,4} {BenchSettings.Median(rewind),8:N0} {BenchSettings.Median(batch),8:N0}   {ratio:N2}"));

                    async Task<double> MillisecondsAsync(int rows) =>
                        (await model.MeasureAsync(filler[..promptTokens], samples, newTokens, new DecodingPlan(rows), CancellationToken.None)).TotalMilliseconds;
                }
            }
        }
    }
}
