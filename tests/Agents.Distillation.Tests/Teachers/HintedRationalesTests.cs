using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Distillation.Tests.Teachers;

public sealed class HintedRationalesTests
{
    private static readonly TrainingQuestion[] tried =
    [
        Made.Asked("solved", "What is 1 + 1?", "2", "The answer is 3.", "The answer is 2."),
        Made.Asked("failed", "What is 6 times 7?", "42", "The answer is 41.", "<think>unsure"),
        Made.Asked("untried", "What is 2 + 2?", "4"),
        Made.Asked("unknown", "What is it?", null, "The answer is 1."),
    ];

    [Fact]
    public async Task Ask_OnlyFailedQuestions_AreHinted_AndTheHintStaysInThePrompt()
    {
        var prompts = new List<string>();
        var model = new ScriptedSampler(call =>
        {
            lock (prompts)
                prompts.Add(call.Prompt);
            return CallOutcome.FromText(call.Index == 0 ? "6*7=42. The answer is 42." : "6*7=40. The answer is 40.");
        });
        IReadOnlyList<TrainingQuestion> hinted = await new HintedRationales(new TeacherModel(model) { Seed = 3 }, 2).AskAsync(tried, "data");
        TrainingQuestion question = Assert.Single(hinted);
        Assert.Equal(("failed", "What is 6 times 7?"), (question.Id, question.Question));
        Assert.All(prompts, p => Assert.Contains("The right answer is 42.", p, StringComparison.Ordinal));
        Assert.Equal([true, false], question.Traces.Select(t => t.IsRight));
        Assert.All(question.Traces, t => Assert.Equal((true, "scripted", 3L), (t.Provenance.IsHinted, t.Provenance.Teacher, t.Provenance.Seed)));
    }

    [Fact]
    public async Task Distil_HintedSource_BringsItsFiltersAlong_AndTheRowHoldsNoHint()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("agents-hint");
        try
        {
            var model = ScriptedSampler.FromTexts("6*7=42. The answer is 42.", "As given, it is 42. The answer is 42.", "6*7=41. The answer is 41.", "7*6=42. The answer is 42.");
            DistillationRecipe recipe = RecipeDocument.Parse("""{"name":"star","source":{"hinted":4},"steps":[],"outputs":["trl-messages"]}""", _ => throw new InvalidOperationException(), _ => []);
            DistillationReport report = await new Distiller(recipe).RunAsync(new Hinted(model), folder.FullName);
            Assert.Equal(["hint", "correct"], report.Stages[0].Parts[0].Steps.Select(s => s.Name));
            Assert.Equal((4, 2), (report.In, report.Kept));
            Assert.Equal(1, report.Stages[0].Parts[0].Steps[0].Dropped["betrays the hint"]);
            string rows = File.ReadAllText(Path.Combine(folder.FullName, "trl-messages.train.jsonl")), from = File.ReadAllText(Path.Combine(folder.FullName, "trl-messages.train.provenance.jsonl"));
            Assert.Contains("""{"role":"user","content":"What is 6 times 7?"}""", rows, StringComparison.Ordinal);
            Assert.DoesNotContain("right answer", rows, StringComparison.Ordinal);
            Assert.Equal(2, from.Split("\"hinted\":true").Length - 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Hinted(ISampler model) : ITraceSource
    {
        public Task<IReadOnlyList<TrainingQuestion>> ReadAsync(RecipeSource source, CancellationToken cancellationToken = default) =>
            new HintedRationales(new TeacherModel(model), ((HintedSource)source).Hinted).AskAsync(tried, "data", cancellationToken: cancellationToken);
    }
}
