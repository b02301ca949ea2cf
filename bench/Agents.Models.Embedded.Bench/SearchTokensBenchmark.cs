using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Models.Embedded.Bench;

/// <summary>
/// Tokens that searches over steps compute on the model, over the floor of shared prefixes: the question once, and every token
/// of the tree once. Computed are those that were not in the cache, and those generated. The goal is at most 1.1.
/// </summary>
internal static class SearchTokensBenchmark
{
    private const int Questions = 40;

    public static async Task RunAsync(BenchSettings settings)
    {
        string[] questions = [.. File.ReadLines("models/training/demo.jsonl").Select(line => JsonElement.Parse(line).GetProperty("question").GetString()!).Where((_, i) => i % (1100 / Questions) == 0).Take(Questions)];
        Console.WriteLine($"{questions.Length} questions of models/training/demo.jsonl, M = 4, verifier arithmetic, tokens a question:");
        foreach (string name in new[] { "self-consistency", "beam-search", "dvts", "particles" })
        {
            foreach (int samples in new[] { 4, 16, 64 })
            {
                // A model of its own each time: what others left in the cache would count for this search.
                EmbeddedModel model = EmbeddedModel.Load(settings.Folder);
                var runner = new ReasoningRunner(new ReasoningModels(model.CreateSampler()));
                IReasoningStrategy strategy = StrategyCatalogue.Create(name, new() { Samples = samples, Verifier = new ArithmeticVerifier() });
                (long input, long cached, long output, long question) = (0, 0, 0, 0);
                foreach (string text in questions)
                {
                    long first = 0;
                    ReasoningResult result = await runner.RunAsync(strategy, ReasoningRequest.FromQuestion(text), observer: happened =>
                    {
                        if (first == 0 && happened is CallFinished { Outcome.Usage: { InputTokens: > 0 } usage })
                            first = usage.InputTokens;
                    });
                    (input, cached, output, question) = (input + result.Usage.InputTokens, cached + result.Usage.CachedInputTokens, output + result.Usage.OutputTokens, question + first);
                }

                double n = questions.Length, floor = question + output, computed = input - cached + output;
                Console.WriteLine(FormattableString.Invariant($"{name,-16} N = {samples,2}: floor {floor / n,6:0}, computed {computed / n,6:0} = {computed / floor:0.000} x, reported with every prefix each time {(input + output) / n,6:0} = {(input + output) / floor:0.000} x"));
            }
        }
    }
}
