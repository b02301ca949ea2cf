using System.Globalization;
using Agents.Distillation;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;

namespace Agents.Cli.Distilling;

/// <summary>What <c>agents distill</c> was given, from which the sources of a recipe are read. What was asked of a model stays in the output folder, so that nothing is asked twice.</summary>
internal sealed class RecipeTraces : ITraceSource
{
    private readonly Dictionary<RecipeSource, IReadOnlyList<TrainingQuestion>> read = [];

    /// <summary>The questions; null where only journaled runs are read.</summary>
    public required EvaluationData? Data { get; init; }

    /// <summary>The licence of the data.</summary>
    public required string? Licence { get; init; }

    /// <summary>The model, unstored, for strategies; null to use what is recorded.</summary>
    public required ISampler? Model { get; init; }

    /// <summary>The same as a teacher whose samples are stored.</summary>
    public required TeacherModel? Teacher { get; init; }

    /// <summary>The model that judges and selects in strategies; null for the model itself.</summary>
    public required ISampler? Judge { get; init; }

    /// <summary>Samples a question where the recipe says nothing.</summary>
    public required int Samples { get; init; }

    /// <summary>What takes the place of samples where the recipe says nothing; null for nothing.</summary>
    public required RecipeSource? Standard { get; init; }

    /// <summary>The folder of the recipe: its files are named relative to it.</summary>
    public required string RecipeFolder { get; init; }

    /// <summary>The output folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Makes verifiers.</summary>
    public required VerifierProvider Verifiers { get; init; }

    /// <summary>Where progress and remarks go.</summary>
    public required TextWriter Remarks { get; init; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrainingQuestion>> ReadAsync(RecipeSource source, CancellationToken cancellationToken = default)
    {
        if (Standard is not null && source is SamplesSource { Samples: null })
            source = Standard;
        if (!read.TryGetValue(source, out IReadOnlyList<TrainingQuestion>? questions))
            read.Add(source, questions = await FreshAsync(source, cancellationToken));
        return questions;
    }

    private Task<IReadOnlyList<TrainingQuestion>> FreshAsync(RecipeSource source, CancellationToken cancellationToken) => source switch
    {
        SamplesSource samples => SampleAsync(samples.Samples, cancellationToken),
        StrategySource strategy => new StrategyCandidates(this, Questions).RunAsync(strategy, cancellationToken),
        RunsSource runs => Task.FromResult(Journaled(runs, cancellationToken)),
        DataSource data => LoadAsync(data, cancellationToken),
        MessagesSource messages => Conversations.ReadAsync(Existing(messages.Path), new Provenance(Path.GetFileName(messages.Path), 0) { Teacher = messages.Teacher, Licence = messages.Licence }, cancellationToken),
        HintedSource hinted => HintAsync(hinted, cancellationToken),
        _ => throw new ArgumentException($"The source '{source.Description}' is not known here."),
    };

    private EvaluationData Questions => Data ?? throw new ArgumentException("The recipe asks for samples: name the questions. Without them only journaled runs, data and conversations that the recipe names can be read.");

    private async Task<IReadOnlyList<TrainingQuestion>> SampleAsync(int? count, CancellationToken cancellationToken)
    {
        EvaluationData questions = Questions;
        var provenance = new Provenance(questions.Name, 0) { Licence = Licence };
        if (Teacher is not { } teacher)
            return TraceSource.Of(questions, provenance, count);
        var plan = new RecordingPlan { Data = questions, Model = teacher.Model, Prompt = teacher.Prompt, Sampling = teacher.Sampling, Samples = count ?? Samples, Seed = teacher.Seed, ExpectedAnswer = teacher.Expected };
        string recorded = Path.Combine(Folder, count is null ? "samples.jsonl" : string.Create(CultureInfo.InvariantCulture, $"samples-{count}.jsonl"));
        await SampleRecorder.RecordAsync(plan, recorded, new LineProgress(Remarks, questions.Items.Count, "sampled"), cancellationToken);
        return TraceSource.Of(InOrder(await EvaluationData.LoadAsync(recorded, cancellationToken), questions), provenance with
        {
            Teacher = plan.Model.ModelId,
            Prompt = plan.Prompt.Fingerprint,
            Seed = plan.Seed,
            Sampling = SamplingOf(teacher),
        });
    }

    private async Task<IReadOnlyList<TrainingQuestion>> HintAsync(HintedSource hinted, CancellationToken cancellationToken) => Teacher is not { } teacher
        ? throw new ArgumentException("Hinted rationales are written by a model: name one with --model.")
        : [.. (await new HintedRationales(teacher, hinted.Hinted).AskAsync(await SampleAsync(hinted.Samples, cancellationToken), Questions.Name, cancellationToken: cancellationToken))
            .Select(q => q with { Traces = [.. q.Traces.Select(t => t with { Provenance = t.Provenance with { Licence = Licence } })] })];

    private IReadOnlyList<TrainingQuestion> Journaled(RunsSource source, CancellationToken cancellationToken)
    {
        string path = Path.Combine(RecipeFolder, source.Path);
        string file = Directory.Exists(path) ? Path.Combine(path, "journal.db") : path;
        if (!File.Exists(file))
            throw new ArgumentException($"There is no journal '{file}'. A folder of solve --journal, eval --out or a server's state holds one.");
        Dictionary<string, EvaluationItem> known = Data?.Items.DistinctBy(i => i.Question.Trim(), StringComparer.Ordinal).ToDictionary(i => i.Question.Trim(), StringComparer.Ordinal) ?? [];
        using SqliteJournalStore store = SqliteJournalStore.Open(file);
        IReadOnlyList<TrainingQuestion> questions = RunTraces.Questions(
            store.FinishedRuns(cancellationToken), question => known.TryGetValue(question.Trim(), out EvaluationItem? item) ? (item.Id, item.Gold) : null, Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path)), out RunsLeftOut left);
        if (left.Conversations > 0)
            Remarks.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{left.Conversations} runs of {file} are left out: they answered conversations of several messages."));
        if (left.WithoutSubject > 0)
            Remarks.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{left.WithoutSubject} runs of {file} are left out: they were journaled before journals kept the question. The command that made them adds it when it is given again."));
        Dictionary<string, int> places = Data?.Items.Select((item, i) => (item.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal) ?? [];
        return [.. questions.Select(q => q with { Traces = [.. q.Traces.Select(t => t with { Provenance = t.Provenance with { Licence = Licence } })] }).OrderBy(q => places.GetValueOrDefault(q.Id, int.MaxValue))];
    }

    private async Task<IReadOnlyList<TrainingQuestion>> LoadAsync(DataSource source, CancellationToken cancellationToken)
    {
        EvaluationData data = await EvaluationData.LoadAsync(Existing(source.Path), cancellationToken);
        return TraceSource.Of(data, new Provenance(data.Name, 0) { Teacher = source.Teacher, Licence = source.Licence });
    }

    private string Existing(string path)
    {
        string file = Path.Combine(RecipeFolder, path);
        return File.Exists(file) ? file : throw new ArgumentException($"There is no file '{file}', which the recipe names.");
    }

    /// <summary>How a teacher is sampled, in words.</summary>
    public static string SamplingOf(TeacherModel teacher) => string.Create(CultureInfo.InvariantCulture, $"temperature {teacher.Temperature}");

    // Samples are recorded as they finish; the files must not depend on that.
    private static EvaluationData InOrder(EvaluationData recorded, EvaluationData questions)
    {
        Dictionary<string, EvaluationItem> byId = recorded.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
        return recorded with { Items = [.. questions.Items.Where(q => byId.ContainsKey(q.Id)).Select(q => byId[q.Id])] };
    }
}
