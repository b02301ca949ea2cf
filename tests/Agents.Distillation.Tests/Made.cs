using Agents.Answers;

namespace Agents.Distillation.Tests;

/// <summary>Questions and traces for tests.</summary>
internal static class Made
{
    public static TrainingQuestion Question(string id, string? gold, params string[] texts) => Asked(id, "What is it?", gold, texts);

    public static TrainingQuestion Asked(string id, string question, string? gold, params string[] texts) => new(id, question, gold,
    [
        .. texts.Select((text, i) =>
        {
            Answer? answer = AnswerExtractor.Default.Extract(text);
            return new Trace(text, answer, new Provenance("made", i) { Teacher = "tester", Licence = "MIT" })
            {
                IsRight = gold is null ? null : answer is null ? false : AnswerEquivalence.Default.Compare(Answer.Parse(gold), answer) == Equivalence.Equal,
            };
        }),
    ]);

    public static async Task<string[]> Reasons(this IDistillationStep step, TrainingQuestion question) =>
        [.. (await step.DecideAsync(question)).Select(d => d.DroppedFor ?? "kept")];
}
