using Agents.Answers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Zero-shot chain of thought as published: a first call reasons, a second reads the answer out of the reasoning with a trigger
/// that fits the kind of answer. Calls: 2. Critical path: 2. Kojima et al. 2022, arXiv:2205.11916.
/// </summary>
public sealed class TwoStageZeroShotCotStrategy : IReasoningStrategy
{
    private readonly PromptTemplate reason;
    private readonly PromptTemplate answer;

    /// <summary>Creates the strategy.</summary>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    public TwoStageZeroShotCotStrategy(PromptCatalogue? prompts = null)
    {
        prompts ??= PromptCatalogue.Shipped;
        reason = prompts["Reasoning/ZeroShotCotReason"];
        answer = prompts["Reasoning/ZeroShotCotAnswer"];
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("zero-shot-cot-two-stage", "One call reasons step by step, a second reads the answer out of the reasoning.", "2", "2", "Kojima et al. 2022, arXiv:2205.11916");

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => $"{About.Name}/1|{reason.Hash}|{answer.Hash}";

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        var evidence = new Evidence(About.Name, context, request) { Planned = 2 };
        context.Report(new StageStarted("reason", 1));
        Sample? reasoning = null;
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, reason.Render(request.Messages), request.Options with { Temperature = request.Options.Temperature ?? 0 }))
            reasoning = sample;
        if (!reasoning!.IsOk)
            return evidence.Conclude(evidence.Add(reasoning), StopReason.Completed, confidence: null);

        context.Report(new StageStarted("answer", 1));
        IReadOnlyList<ChatMessage> second = answer.Render(request.Messages, ("reasoning", reasoning.Text.Trim()), ("trigger", Trigger(request.ExpectedAnswer)));
        Sample? final = null;
        await foreach (Sample sample in context.SampleAsync(Roles.Solver, second, request.Options with { Temperature = request.Options.Temperature ?? 0 }))
            final = sample;
        // The certificate shows the whole chain: reasoning, then what was read out of it.
        if (final!.IsOk)
            final = final with { Outcome = final.Outcome with { Thinking = reasoning.Text } };
        return evidence.Conclude(evidence.Add(final), StopReason.Completed, confidence: null);
    }

    private static string Trigger(AnswerKind kind) => kind switch
    {
        AnswerKind.Number => "the answer (arabic numerals) is",
        AnswerKind.Choice => "among the choices given, the answer (one letter) is",
        AnswerKind.Boolean => "the answer (Yes or No) is",
        AnswerKind.Date => "the answer (a date) is",
        AnswerKind.Time => "the answer (a time) is",
        _ => "the answer is",
    };
}
