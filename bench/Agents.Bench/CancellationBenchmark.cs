using System.Diagnostics;
using Agents.Models.OpenAI;
using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Bench;

/// <summary>How long calls stay in flight at the server after a run of 64 hanging samples is cancelled, in milliseconds.</summary>
internal static class CancellationBenchmark
{
    private const int Samples = 64;
    private const int Rounds = 20;

    public static async Task RunAsync()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        using var factory = new OpenAIModelFactory();
        var runner = new ReasoningRunner(new ReasoningModels(factory.CreateSampler(OpenAIModelSpec.Parse($"openai:stub@{server.Endpoint}", _ => null))));
        server.Behavior = StubBehavior.Default with { Hang = true };
        var run = new List<double>();
        var idle = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            using var cancel = new CancellationTokenSource();
            Task<ReasoningResult> solving = runner.RunAsync(StrategyCatalogue.Create("self-consistency", new() { Samples = Samples }), ReasoningRequest.FromQuestion($"q{round}"), cancellationToken: cancel.Token);
            await server.Traffic.WhenInFlightAsync(Samples);
            long start = Stopwatch.GetTimestamp();
            await cancel.CancelAsync();
            await Task.WhenAny(solving);
            run.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await server.Traffic.WhenIdleAsync();
            idle.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Console.WriteLine($"{Samples} hanging calls, cancelled, {Rounds} rounds (the first one warms up and is left out):");
        Console.WriteLine($"run ended:    {Show(run)}");
        Console.WriteLine($"server idle:  {Show(idle)}");
    }

    private static string Show(List<double> values)
    {
        double[] ordered = [.. values.Skip(1).Order()];
        return FormattableString.Invariant($"median {ordered[ordered.Length / 2]:0.0} ms, max {ordered[^1]:0.0} ms");
    }
}
