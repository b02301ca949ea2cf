using Agents.Answers;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Distillation;

/// <summary>A model that writes training data, and how it is asked. Immutable; thread-safe as the model is.</summary>
/// <param name="Model">The model. One over a store (<see cref="StoredSampler"/>) is never asked the same twice.</param>
public sealed record TeacherModel(ISampler Model)
{
    /// <summary>How it is asked for a solution.</summary>
    public SolutionPrompt Prompt { get; init; } = SolutionPrompt.ZeroShot();

    /// <summary>The prompts.</summary>
    public PromptCatalogue Prompts { get; init; } = PromptCatalogue.Shipped;

    /// <summary>How it is sampled; the temperature is 0.7 where none is named.</summary>
    public SampleOptions Sampling { get; init; } = SampleOptions.Default;

    /// <summary>The kind of answer expected.</summary>
    public AnswerKind Expected { get; init; } = AnswerKind.Any;

    /// <summary>The seed from which the seeds of all samples derive.</summary>
    public long Seed { get; init; }

    /// <summary>The temperature in force.</summary>
    public double Temperature => Sampling.Temperature ?? DefaultTemperature;

    private const double DefaultTemperature = 0.7;

    /// <summary>The request that asks a question.</summary>
    internal ReasoningRequest Request(string question) => ReasoningRequest.FromQuestion(question, Expected) with { Options = Sampling };

    /// <summary>How a question is sampled.</summary>
    internal SampleOptions Options(ReasoningRequest request) => Prompt.Options(request, DefaultTemperature);

    /// <summary>Draws samples; those that failed are left out. What is asked decides the seeds, so that the same is asked in every run.</summary>
    internal async Task<IReadOnlyList<CallOutcome>> AskAsync(IReadOnlyList<ChatMessage> messages, SampleOptions options, int count, CancellationToken cancellationToken)
    {
        string what = PromptHash.Of("", messages, options);
        string stem = PromptHash.Of(FormattableString.Invariant($"{Model.ModelId}|{what}|{Seed}"));
        var batch = new SampleBatch(messages, options, [.. Enumerable.Range(0, count).Select(i => new SampleRequest(FormattableString.Invariant($"{stem}|{i}"), i, QuestionSplit.SeedOf(Seed, what, i)))]);
        Dictionary<string, int> places = batch.Requests.ToDictionary(r => r.Key, r => r.Index, StringComparer.Ordinal);
        var outcomes = new CallOutcome?[count];
        await foreach (SampleDelivery delivery in Model.SampleAsync(batch, cancellationToken).ConfigureAwait(false))
            outcomes[places[delivery.Key]] = delivery.Outcome;
        return [.. outcomes.OfType<CallOutcome>().Where(o => o.Failure is null)];
    }
}
