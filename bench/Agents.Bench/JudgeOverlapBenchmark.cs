using System.Diagnostics;
using Agents.Models.OpenAI;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Bench;

/// <summary>
/// Wall time over the critical path when every candidate is judged as it arrives: 16 candidates, three judge calls each, over
/// HTTP. The time of a reply is a function of the request, 50 to 250 ms, so the critical path is that of the slowest candidate:
/// its sample, then the slowest of its judge calls. A host that waited for all samples before judging any would take the
/// slowest sample plus the slowest judge call; that is printed too.
/// </summary>
internal static class JudgeOverlapBenchmark
{
    private const int Samples = 16;
    private const int Judges = 3;
    private const int Rounds = 11;

    public static async Task RunAsync()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        using var factory = new OpenAIModelFactory();
        var runner = new ReasoningRunner(new ReasoningModels(factory.CreateSampler(OpenAIModelSpec.Parse($"openai:stub@{server.Endpoint}?n=off", _ => null))));
        var judge = new LlmJudgeVerifier(new() { Votes = Judges });
        var strategy = new BestOfNStrategy(new() { Samples = Samples, Verifier = judge });
        var ratios = new List<double>();
        var barriers = new List<double>();
        for (int round = -3; round < Rounds; round++)
        {
            var seen = new Dictionary<int, (double Sample, List<double> Judged)>();
            server.Script = request => StubBehavior.Default with { Delay = Delay(request, seen), Text = Text };
            long start = Stopwatch.GetTimestamp();
            ReasoningResult result = await runner.RunAsync(strategy, ReasoningRequest.FromQuestion($"What is it, round {round}?"), new RunOptions { Seed = round });
            double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (result.Usage.ModelCalls != Samples * (1 + Judges) || result.Candidates.Any(c => c.Verdicts.Count != 1 || c.Verdicts[0].Score is null))
                throw new InvalidOperationException($"{result.Usage.ModelCalls} calls were made, {string.Join(" | ", result.Notes)}");
            // The first rounds warm up connections and compilation.
            if (round < 0)
                continue;
            double critical = seen.Values.Max(c => c.Sample + c.Judged.Max());
            barriers.Add((seen.Values.Max(c => c.Sample) + seen.Values.Max(c => c.Judged.Max())) / critical);
            ratios.Add(wall / critical);
        }

        Console.WriteLine(FormattableString.Invariant($"{Samples} candidates x {Judges} judge calls, replies of 50 to 250 ms, {Rounds} runs after 3 to warm up:"));
        Console.WriteLine(FormattableString.Invariant($"wall over critical path: median {Median(ratios):0.000}, least {ratios.Min():0.000}, most {ratios.Max():0.000} (goal: median at most 1.1); all samples before the first judge call: at least {Median(barriers):0.000}"));
        Console.WriteLine($"peak in flight at the server: {server.Traffic.PeakInFlight}");
    }

    /// <summary>50 to 250 ms by the request's seed, noted beside the candidate that it belongs to.</summary>
    private static TimeSpan Delay(StubRequest request, Dictionary<int, (double Sample, List<double> Judged)> seen)
    {
        int candidate = CandidateOf(request);
        double delay = 50 + (ulong)(request.Seed ?? 0) % 997 * 200 / 997.0;
        lock (seen)
        {
            (double sample, List<double> judged) = seen.TryGetValue(candidate, out var known) ? known : (0, []);
            if (IsJudge(request))
                judged.Add(delay);
            else
                sample = delay;
            seen[candidate] = (sample, judged);
        }

        return TimeSpan.FromMilliseconds(delay);
    }

    private static bool IsJudge(StubRequest request) => request.Prompt.Contains("<candidate", StringComparison.Ordinal);

    // A sample states a number made of its seed; its judge calls quote that number.
    private static int CandidateOf(StubRequest request)
    {
        if (!IsJudge(request))
            return NumberOf(request.Seed ?? 0);
        int at = request.Prompt.LastIndexOf("The answer is ", StringComparison.Ordinal) + "The answer is ".Length;
        return int.Parse(request.Prompt.AsSpan(at, 9), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int NumberOf(long seed) => 100_000_000 + (int)((ulong)seed % 899_999_999);

    private static string Text(StubRequest request, int choice) =>
        IsJudge(request) ? "It holds.\nVerdict: yes" : FormattableString.Invariant($"It is plain. The answer is {NumberOf(request.Seed ?? 0)}.");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
