using System.Diagnostics;
using Agents.Models.OpenAI;
using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Bench;

/// <summary>
/// Wall time over the critical path: every strategy at N = 64 against the stub model server at 100 ms a call, over HTTP, through
/// the OpenAI model. 1.00 would be calls that take exactly 100 ms and nothing else. First a plain HTTP call is timed in the same
/// run: what one call takes beyond its 100 ms belongs to the server and the network stack.
/// </summary>
internal static class CriticalPathBenchmark
{
    private const int Samples = 64;
    private const int DelayMilliseconds = 100;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        server.Behavior = StubBehavior.Default with { Delay = TimeSpan.FromMilliseconds(DelayMilliseconds), Text = Scattered };
        using var factory = new OpenAIModelFactory();
        OpenAISampler sampler = factory.CreateSampler(OpenAIModelSpec.Parse($"openai:stub@{server.Endpoint}", _ => null));
        var runner = new ReasoningRunner(new ReasoningModels(sampler));
        for (int i = 0; i < 10; i++)
            await runner.RunAsync(StrategyCatalogue.Create("self-consistency", new() { Samples = Samples }), ReasoningRequest.FromQuestion($"warm up {i}"));

        Console.WriteLine($"N = {Samples}, {DelayMilliseconds} ms a call, median of {Rounds}; answers scattered, so that adaptive strategies use all samples:");
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions.Where(d => d.Needs == SolverNeeds.None))
        {
            IReasoningStrategy strategy = StrategyCatalogue.Create(about.Name, new() { Samples = Samples });
            var walls = new List<double>();
            ReasoningResult? result = null;
            for (int round = 0; round < Rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                result = await runner.RunAsync(strategy, ReasoningRequest.FromQuestion($"What is the answer to {about.Name} {round}?"));
                walls.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            double wall = walls.Order().ElementAt(Rounds / 2);
            Console.WriteLine(FormattableString.Invariant($"{about.Name,-28} calls {result!.Usage.ModelCalls,3}  rounds {result.Rounds,2}  wall {wall,7:0.0} ms  ratio {wall / (DelayMilliseconds * result.Rounds):0.000}"));
        }

        Console.WriteLine($"peak in flight at the server: {server.Traffic.PeakInFlight}");
    }

    private static string Scattered(StubRequest request, int choice) =>
        request.Prompt.Contains("Most consistent response", StringComparison.Ordinal) ? "Most consistent response: 1" : FormattableString.Invariant($"<answer>{(request.Seed + choice) % 40}</answer>");
}
