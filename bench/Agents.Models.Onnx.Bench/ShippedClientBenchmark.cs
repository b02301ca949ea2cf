using System.Diagnostics;
using System.Globalization;
using Agents.Reasoning;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx.Bench;

/// <summary>
/// N samples of one prompt: this sampler in one request, and the chat client of the package with N calls in turn. Both sample at
/// temperature 1 from all tokens until a text ends; tokens a second count the generated ones. The two alternate.
/// </summary>
internal static class ShippedClientBenchmark
{
    private const int MaxTokens = 200;

    private static readonly string[] questions =
    [
        "Tom has 12 apples. He buys 7 more. How many apples does Tom have now?\n\nLet's think step by step. When you are done, write the final answer inside <answer></answer>.",
        "123 x 456 =\n\nLet's think step by step. When you are done, write the final answer inside <answer></answer>.",
        "Work out (17 + 25) * 3 - 8.\n\nLet's think step by step. When you are done, write the final answer inside <answer></answer>.",
    ];

    public static async Task RunAsync(BenchSettings settings)
    {
        (string Name, OnnxModel Model)[] plans = [("automatic", settings.Load()), ("batch", settings.Load(OnnxPlan.Batch)), ("rewind", settings.Load(OnnxPlan.Rewind))];
        using var config = new Config(plans[0].Model.Path);
        using var shipped = new OnnxRuntimeGenAIChatClient(config, ownsConfig: false);
        Console.WriteLine($"{plans[0].Model.ModelId}; tokens a second, median of {settings.Runs}");
        foreach (int count in new[] { 8, 32 })
        {
            var rates = plans.ToDictionary(p => p.Name, _ => new List<double>());
            var theirs = new List<double>();
            for (int run = -1; run < settings.Runs; run++)
            {
                double reference = await MeasureShippedAsync(shipped, count, run);
                if (run >= 0)
                    theirs.Add(reference);
                foreach ((string name, OnnxModel model) in plans)
                {
                    double rate = await MeasureAsync(model, count, run);
                    if (run >= 0)
                        rates[name].Add(rate);
                }
            }

            double basis = BenchSettings.Median(theirs);
            string figures = string.Join("   ", rates.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Key} {BenchSettings.Median(r.Value),6:N0} ({BenchSettings.Median(r.Value.Zip(theirs, (a, b) => a / b)):N2} x)")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"N = {count,2}   shipped client {basis,6:N0}   {figures}"));
        }

        foreach ((_, OnnxModel model) in plans)
            model.Dispose();
    }

    private static async Task<double> MeasureAsync(OnnxModel model, int count, int run)
    {
        long tokens = 0, start = Stopwatch.GetTimestamp();
        foreach (string question in questions)
        {
            var batch = new SampleBatch([new ChatMessage(ChatRole.User, question)], new SampleOptions { Temperature = 1, MaxOutputTokens = MaxTokens }, [.. Enumerable.Range(0, count).Select(i => new SampleRequest($"{i}", i, run))]);
            await foreach (SampleDelivery delivery in model.CreateSampler().SampleAsync(batch))
                tokens += delivery.Outcome.Usage?.OutputTokens ?? throw new FormatException(delivery.Outcome.Failure!.Message);
        }

        return tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> MeasureShippedAsync(OnnxRuntimeGenAIChatClient client, int count, int run)
    {
        long tokens = 0, start = Stopwatch.GetTimestamp();
        foreach (string question in questions)
        {
            for (int i = 0; i < count; i++)
            {
                // With TopP and TopK, because temperature alone leaves it greedy.
                ChatResponse reply = await client.GetResponseAsync(question, new ChatOptions { Temperature = 1, TopP = 1, TopK = 0, MaxOutputTokens = MaxTokens, Seed = (run + 1) * 1000 + i });
                tokens += reply.Usage!.OutputTokenCount!.Value;
            }
        }

        return tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
