using System.Text.Json;
using Agents.Answers;
using Agents.Distillation;
using Agents.Evaluation;

namespace Agents.Cli.Distilling;

/// <summary>Turns questions with recorded samples into questions with traces. A question without samples gives its written solution, where the data has one.</summary>
internal static class TraceSource
{
    /// <summary>The questions with their traces.</summary>
    /// <param name="data">The questions.</param>
    /// <param name="all">What is known of every trace.</param>
    /// <param name="most">The first so many samples of each; null for all.</param>
    public static IReadOnlyList<TrainingQuestion> Of(EvaluationData data, Provenance all, int? most = null) => [.. data.Items.Select(item => Of(item, all, most ?? int.MaxValue))];

    private static TrainingQuestion Of(EvaluationItem item, Provenance all, int most)
    {
        var gold = Answer.Parse(item.Gold);
        if (item.Samples.Count == 0 && item.Other.TryGetValue("solution", out JsonElement solution) && solution.ValueKind == JsonValueKind.String)
            return new TrainingQuestion(item.Id, item.Question, item.Gold, [Trace(solution.GetString()!, null, null, null, all with { Teacher = all.Teacher ?? "written solution" }, gold)]);
        return new TrainingQuestion(item.Id, item.Question, item.Gold, [.. item.Samples.Take(most).Select((sample, i) => Trace(sample.Text, sample.Answer, sample.Correct, sample.Usage, Provenance(sample, i, all), gold))]);
    }

    private static Provenance Provenance(RecordedSample sample, int index, Provenance all) => all with
    {
        Index = index,
        Teacher = Text(sample, "model") ?? all.Teacher,
        Prompt = Text(sample, "prompt") ?? all.Prompt,
    };

    private static Trace Trace(string text, string? recorded, bool? correct, Agents.Reasoning.CallUsage? usage, Provenance provenance, Answer gold)
    {
        Answer? answer = recorded is null ? AnswerExtractor.Default.Extract(text) : Answer.Parse(recorded);
        // Whoever recorded the flag knew the task's own test.
        bool? isRight = recorded is not null && correct is not null ? correct : Agents.Distillation.Trace.RightOf(gold, answer);
        return new Trace(text, answer, provenance) { IsRight = isRight, Tokens = (int?)usage?.OutputTokens };
    }

    private static string? Text(RecordedSample sample, string name) =>
        sample.Other.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
