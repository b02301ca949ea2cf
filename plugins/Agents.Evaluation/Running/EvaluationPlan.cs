using Agents.Answers;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Evaluation;

/// <summary>What is evaluated on what, and how. Immutable. Everything that can change a result is part of each run's identity.</summary>
public sealed record EvaluationPlan
{
    /// <summary>The questions.</summary>
    public required EvaluationData Data { get; init; }

    /// <summary>The strategies, at least one, with different names.</summary>
    public required IReadOnlyList<EvaluatedStrategy> Strategies { get; init; }

    /// <summary>The models for a question; null replays the recorded samples.</summary>
    public Func<EvaluationItem, ReasoningModels>? Models { get; init; }

    /// <summary>The model as the user named it, for summary and report. Default <c>replay</c>.</summary>
    public string ModelName { get; init; } = "replay";

    /// <summary>The command that was given, for summary and report; empty when there was none. Must not hold secrets.</summary>
    public string Command { get; init; } = "";

    /// <summary>The seed of every run, of the bootstrap and of the random orders of curves. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Where answers come from; null: recorded ones when replaying data that has them, else extracted.</summary>
    public AnswerSource? Answers { get; init; }

    /// <summary>The kind of answer the questions ask for. Default: not stated.</summary>
    public AnswerKind ExpectedAnswer { get; init; } = AnswerKind.Any;

    /// <summary>How samples are drawn where the strategy leaves it open.</summary>
    public SampleOptions Sampling { get; init; } = SampleOptions.Default;

    /// <summary>When two answers are the same.</summary>
    public AnswerEquivalence Equivalence { get; init; } = AnswerEquivalence.Default;

    /// <summary>When an answer is right; null: <see cref="RecordedCorrectness"/> in replay, else <see cref="GoldCorrectness"/>.</summary>
    public ICorrectness? Correctness { get; init; }

    /// <summary>Hard limits of each run.</summary>
    public BudgetLimits Limits { get; init; } = BudgetLimits.None;

    /// <summary>Prices by role, for costs and limits on them.</summary>
    public IReadOnlyDictionary<string, ModelPrice> Prices { get; init; } = new Dictionary<string, ModelPrice>();

    /// <summary>The fingerprint of the verifier in the strategies; null where there is none, and then no verdicts are written out.</summary>
    public string? VerifierFingerprint { get; init; }

    /// <summary>Questions in work at once, 1 or more. Default 8. Does not change any result.</summary>
    public int MaxParallelQuestions { get; init; } = 8;

    /// <summary>Calls in flight at once within one run, 1 or more. Default 64. Does not change any result.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>Resamples of the paired bootstrap, at least 100. Default 10,000.</summary>
    public int BootstrapResamples { get; init; } = 10_000;

    /// <summary>Whether recorded samples play the solver. Default: where no models are given; to be stated where <see cref="Models"/> replays them beside a judge.</summary>
    public bool IsReplay { get => isReplay ?? Models is null; init => isReplay = value; }

    private readonly bool? isReplay;

    /// <summary>Where answers come from in fact.</summary>
    public AnswerSource AnswersInForce => Answers ?? (IsReplay && Data.HasRecordedAnswers ? AnswerSource.Recorded : AnswerSource.Extracted);

    /// <summary>The rule of correctness in fact.</summary>
    public ICorrectness CorrectnessInForce =>
        Correctness ?? (IsReplay ? new RecordedCorrectness(Equivalence) : new GoldCorrectness(Equivalence));

    /// <summary>The models that answer <paramref name="item"/>.</summary>
    public ReasoningModels ModelsFor(EvaluationItem item) => Models?.Invoke(item) ?? ReplayModels.For(item, Data.Name);

    /// <summary>The request that asks <paramref name="item"/>.</summary>
    public ReasoningRequest RequestFor(EvaluationItem item) => ReasoningRequest.FromQuestion(item.Question, ExpectedAnswer) with
    {
        Options = Sampling,
        Equivalence = Equivalence,
        Extractor = AnswersInForce switch
        {
            AnswerSource.Recorded => RecordedAnswerExtractor.Instance,
            AnswerSource.Code => CodeExtractor.Instance,
            _ => FinalAnswerExtractor.Default,
        },
    };

    /// <summary>Checks the plan as a whole.</summary>
    /// <exception cref="ArgumentException">No strategy, two strategies of one name, or a number out of range.</exception>
    /// <exception cref="EvaluationDataException">Recorded samples are to be replayed, but the data has none.</exception>
    public void Validate()
    {
        if (Strategies.Count == 0)
            throw new ArgumentException("At least one strategy is needed.");
        if (Strategies.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The strategy name \"{twice.Key}\" is used twice.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxParallelQuestions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BootstrapResamples, 100);
        if (IsReplay && Data.Items.All(i => i.Samples.Count == 0))
            throw new EvaluationDataException(Data.Name, null, "has no recorded samples to replay; name a model");
    }
}
