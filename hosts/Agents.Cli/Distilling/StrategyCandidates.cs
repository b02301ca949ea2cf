using Agents.Answers;
using Agents.Distillation;
using Agents.Evaluation;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;

namespace Agents.Cli.Distilling;

/// <summary>The candidates of a strategy, run on the model or, without one, on the recorded samples; journaled in the output folder like an evaluation.</summary>
/// <param name="given">What the command was given.</param>
/// <param name="questions">The questions.</param>
internal sealed class StrategyCandidates(RecipeTraces given, EvaluationData questions)
{
    public async Task<IReadOnlyList<TrainingQuestion>> RunAsync(StrategySource source, CancellationToken cancellationToken)
    {
        var strategy = new EvaluatedStrategy(StrategyCatalogue.Create(source.Strategy, SettingsOf(source)));
        var plan = new EvaluationPlan
        {
            Data = questions,
            Strategies = [strategy],
            Models = ModelsFor,
            IsReplay = given.Model is null,
            Seed = given.Teacher?.Seed ?? 0,
            ExpectedAnswer = given.Teacher?.Expected ?? AnswerKind.Any,
            Sampling = given.Teacher?.Sampling ?? SampleOptions.Default,
        };
        plan.Validate();
        await using RunStores stores = RunStores.Open(Path.Combine(given.Folder, "runs"), keepSamples: given.Model is not null);
        var progress = new RunProgress(new LineProgress(given.Remarks, questions.Items.Count, $"run by {strategy.Name}"));
        EvaluationOutcome outcome = await new Evaluator(stores.Journals, stores.Samples).RunAsync(plan, progress, cancellationToken);
        return [.. outcome.Records.OrderBy(r => r.ItemIndex).Select(record => new TrainingQuestion(record.Item.Id, record.Item.Question, record.Item.Gold, TracesOf(record, plan)))];
    }

    private StrategySettings SettingsOf(StrategySource source)
    {
        var settings = new StrategySettings
        {
            Samples = source.Samples ?? (given.Teacher is null ? null : given.Samples),
            Prompt = given.Teacher?.Prompt,
            Prompts = given.Teacher?.Prompts,
            Verifier = source.Verifier is { } verifier ? given.Verifiers.Create(verifier) : null,
        };
        foreach ((string name, string value) in source.Settings)
            settings = SettingText.Apply(settings, name, value, [source.Strategy]);
        return settings;
    }

    private IReadOnlyList<Trace> TracesOf(EvaluationRecord record, EvaluationPlan plan)
    {
        var subject = new RunSubject(record.Item.Question, plan.ExpectedAnswer, plan.Seed, new Dictionary<string, string> { ["*"] = plan.ModelsFor(record.Item).For(Roles.Solver).ModelId });
        return [.. RunTraces.Of(new RecordedRun("", record.Strategy, subject, record.Result), record.Item.Gold, questions.Name, Recorded)
            .Select(t => t with { Provenance = t.Provenance with { Licence = given.Licence, Sampling = given.Teacher is { } teacher ? RecipeTraces.SamplingOf(teacher) : null } })];
    }

    // Whoever recorded the flag knew the task's own test.
    private static bool? Recorded(Candidate candidate) =>
        candidate.Sample.Outcome.Metadata.TryGetValue(ReplaySampler.CorrectMetadataName, out string? flag) ? flag == "true" : null;

    private ReasoningModels ModelsFor(EvaluationItem item)
    {
        ReasoningModels models = given.Model is { } model ? new ReasoningModels(model) : ReplayModels.For(item, questions.Name);
        if (given.Judge is { } judge)
            models = models.With(Roles.Judge, judge).With(Roles.Selector, judge);
        return given.Verifiers.AddTo(models);
    }

    private sealed class RunProgress(LineProgress lines) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value)
        {
            lock (lines)
                lines.Report(value.Done);
        }
    }
}
