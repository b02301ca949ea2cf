using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Distillation;

/// <summary>
/// Rationalisation of STaR: for questions that the model got wrong every time, it is shown the right answer and asked for the
/// reasoning that leads there. Zelikman et al. 2022, arXiv:2203.14465. The hint is in the prompt alone: a trace carries the question
/// as it was, and its provenance says that it was hinted. Calls: n a failed question.
/// </summary>
/// <param name="teacher">The model.</param>
/// <param name="samples">Hinted samples a question (n), at least 1.</param>
public sealed class HintedRationales(TeacherModel teacher, int samples)
{
    /// <summary>The prompt with the hint.</summary>
    public const string PromptName = "Teach/HintedRationale";

    private readonly TeacherModel teacher = teacher ?? throw new ArgumentNullException(nameof(teacher));
    private readonly int samples = samples >= 1 ? samples : throw new ArgumentOutOfRangeException(nameof(samples), samples, "At least one hinted sample is needed.");

    /// <summary>Whether a question counts as failed: its answer is known, it was tried, and no trace is right.</summary>
    public static bool IsFailed(TrainingQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Gold is not null && question.Traces.Count > 0 && question.Traces.All(t => t.IsRight == false);
    }

    /// <summary>The failed questions with their hinted rationales in place of their traces, in order.</summary>
    /// <param name="questions">Questions with the traces that were tried without a hint.</param>
    /// <param name="source">The name of the data, for provenance.</param>
    /// <param name="parallel">Questions in work at once, at least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<TrainingQuestion>> AskAsync(IReadOnlyList<TrainingQuestion> questions, string source, int parallel = 8, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        TrainingQuestion[] failed = [.. questions.Where(IsFailed)];
        var hinted = new TrainingQuestion[failed.Length];
        await Parallel.ForAsync(0, failed.Length, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, async (i, token) =>
            hinted[i] = await AskAsync(failed[i], source, token).ConfigureAwait(false)).ConfigureAwait(false);
        return hinted;
    }

    private async Task<TrainingQuestion> AskAsync(TrainingQuestion question, string source, CancellationToken cancellationToken)
    {
        ReasoningRequest request = teacher.Request(question.Question);
        PromptTemplate prompt = teacher.Prompts[PromptName];
        IReadOnlyList<CallOutcome> outcomes = await teacher.AskAsync(prompt.Render(request.Messages, ("answer", question.Gold!)), teacher.Options(request), samples, cancellationToken).ConfigureAwait(false);
        var gold = Answer.Parse(question.Gold!);
        return question with
        {
            Traces = [.. outcomes.Where(o => !string.IsNullOrWhiteSpace(o.Text)).Select((outcome, i) =>
            {
                Answer? answer = request.Extractor.Extract(new Sample(i, "", outcome), teacher.Expected);
                return new Trace(outcome.Text!, answer, new Provenance(source, i)
                {
                    Teacher = teacher.Model.ModelId,
                    Prompt = prompt.Hash,
                    Seed = teacher.Seed,
                    Sampling = FormattableString.Invariant($"temperature {teacher.Temperature}"),
                    IsHinted = true,
                })
                {
                    IsRight = Trace.RightOf(gold, answer),
                    Tokens = (int?)outcome.Usage?.OutputTokens,
                };
            })],
            Wrong = [],
        };
    }
}
