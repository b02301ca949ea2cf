using System.Diagnostics;
using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Bench;

/// <summary>Placeholder until the model server is here.</summary>
internal static class CriticalPathBenchmark
{
    public static async Task RunAsync()
    {
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
        {
            var model = new CallModel(new NoisyModel(right: 0.3, failEvery: 0).Answer) { Before = (_, token) => Task.Delay(100, token) };
            long start = Stopwatch.GetTimestamp();
            ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(StrategyCatalogue.Create(about.Name, new() { Samples = 64 }), ReasoningRequest.FromQuestion("q"));
            double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Console.WriteLine(FormattableString.Invariant($"{about.Name,-28} calls {result.Usage.ModelCalls,3}  rounds {result.Rounds}  wall {wall,7:0} ms  ratio {wall / (100.0 * result.Rounds):0.00}"));
        }
    }
}
