using System.Diagnostics;
using System.Globalization;
using Agents.Models.OpenAI;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Bench;

/// <summary>
/// Wall time over the critical path of searches over steps: 64 beams, four samples a step, every step judged by one call, over
/// HTTP. T steps need 2T calls in a row; the goal is at most 1.1 times their latency.
/// </summary>
internal static class SearchPathBenchmark
{
    private const int Beams = 64;
    private const int Steps = 5;
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        using var factory = new OpenAIModelFactory();
        var runner = new ReasoningRunner(new ReasoningModels(factory.CreateSampler(OpenAIModelSpec.Parse($"openai:stub@{server.Endpoint}?n=off&prefill=on&concurrency={2 * Beams}", _ => null))));
        Console.WriteLine($"N = {Beams}, M = 4, T = {Steps}, one judge call a step; median of {Rounds} runs after 2 to warm up:");
        foreach (int latency in new[] { 100, 250 })
        {
            server.Behavior = StubBehavior.Default with { Delay = TimeSpan.FromMilliseconds(latency), Text = Text };
            foreach (string name in new[] { "beam-search", "dvts", "particles" })
            {
                IReasoningStrategy strategy = StrategyCatalogue.Create(name, new() { Samples = Beams, Width = 4, MaxSteps = Steps, Verifier = new Scorer() });
                var walls = new List<double>();
                ReasoningResult? result = null;
                for (int round = -2; round < Rounds; round++)
                {
                    long start = Stopwatch.GetTimestamp();
                    result = await runner.RunAsync(strategy, ReasoningRequest.FromQuestion($"What is it, {name} {latency} {round}?"), new RunOptions { Seed = round, MaxConcurrency = 2 * Beams });
                    if (round >= 0)
                        walls.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                double wall = walls.Order().ElementAt(Rounds / 2), path = 2.0 * Steps * latency;
                Console.WriteLine(FormattableString.Invariant($"{name,-12} {latency,3} ms a call: {result!.Usage.ModelCalls,3} calls in {result.Rounds} rounds (2T = {2 * Steps}), wall {wall,6:0} ms, over 2T latencies {wall / path:0.000} (goal 1.1; least {walls.Min() / path:0.000}, most {walls.Max() / path:0.000})"));
            }
        }

        Console.WriteLine($"peak in flight at the server: {server.Traffic.PeakInFlight}");
    }

    /// <summary>A step that differs by the seed; at the last one an answer. As judge a number.</summary>
    private static string Text(StubRequest request, int choice)
    {
        string last = request.Messages[^1].Text;
        ulong draw = (ulong)(request.Seed ?? 0) * 2654435761 % 1000;
        if (last.StartsWith("How right", StringComparison.Ordinal))
            return (draw / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
        bool isLast = last.Split("</step>").Length == Steps;
        return string.Create(CultureInfo.InvariantCulture, $"{(last.EndsWith("<step>", StringComparison.Ordinal) ? "" : "<step>")}so {request.Seed}</step>{(isLast ? $"</think><answer>{draw % 7}</answer>" : "")}");
    }

    /// <summary>One call a step, which answers with a score.</summary>
    private sealed class Scorer : IStepVerifier
    {
        public string Name => "scorer";

        public string Fingerprint => "scorer/1";

        public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => AskAsync(context, candidate.Sample.Text);

        public Task<Verdict> VerifyStepAsync(ReasoningContext context, ReasoningRequest request, PartialSolution solution) => AskAsync(context, solution.Text);

        private async Task<Verdict> AskAsync(ReasoningContext context, string text)
        {
            Sample said = await context.JudgeAsync(Roles.Judge, [new ChatMessage(ChatRole.User, $"How right is this? {text}")]);
            return new Verdict(Name, double.Parse(said.Text, CultureInfo.InvariantCulture));
        }
    }
}
