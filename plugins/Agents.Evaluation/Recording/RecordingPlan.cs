using System.Globalization;
using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>What is recorded: samples of one model for every question, in the form that replay reads.</summary>
public sealed record RecordingPlan
{
    /// <summary>The questions.</summary>
    public required EvaluationData Data { get; init; }

    /// <summary>The model.</summary>
    public required ISampler Model { get; init; }

    /// <summary>How the model is asked; default zero-shot chain of thought.</summary>
    public SolutionPrompt Prompt { get; init; } = SolutionPrompt.ZeroShot();

    /// <summary>How it is sampled; the temperature defaults to <see cref="DefaultTemperature"/>.</summary>
    public SampleOptions Sampling { get; init; } = SampleOptions.Default;

    /// <summary>The temperature where <see cref="Sampling"/> names none.</summary>
    public const double DefaultTemperature = 0.7;

    /// <summary>Samples a question, 1–100,000.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>The seed; the same plan with the same seed asks for the same samples.</summary>
    public long Seed { get; init; }

    /// <summary>The kind of answer expected.</summary>
    public AnswerKind ExpectedAnswer { get; init; } = AnswerKind.Any;

    /// <summary>Questions in work at once, at least 1.</summary>
    public int MaxParallelQuestions { get; init; } = 8;

    /// <summary>Everything that decides what is asked, on every line of the file: a file of another plan is not continued.</summary>
    public string Fingerprint => PromptHash.Of(string.Create(CultureInfo.InvariantCulture, $"{Model.ModelId}|{Prompt.Fingerprint}|{Data.Sha256}|{Samples}|{Seed}|{PromptHash.Of("solver", [], Sampling)}"))[..16];

    /// <summary>Checks the limits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Samples, 1, "Samples");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Samples, 100_000, "Samples");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxParallelQuestions, 1, "MaxParallelQuestions");
    }
}
