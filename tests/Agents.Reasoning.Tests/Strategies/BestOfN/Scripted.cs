using Agents.Testing;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>Runs strategies on a scripted solver: sample i states the i-th answer, an empty one states none, null fails.</summary>
internal static class Scripted
{
    public static readonly ReasoningRequest Request = ReasoningRequest.FromQuestion("What is six times seven?");

    public static ReasoningResult Run(IReasoningStrategy strategy, params string?[] answers) => Run(strategy, call => Solution(answers[call.Index % answers.Length]));

    public static ReasoningResult Run(IReasoningStrategy strategy, Func<ModelCall, CallOutcome> model, int order = 0, BudgetLimits? limits = null) =>
        ScheduledRun.Run(strategy, Request, model, order, new RunOptions { RunId = "scripted", Limits = limits ?? new() }).Result;

    public static CallOutcome Solution(string? answer) => answer switch
    {
        null => CallOutcome.Failed(CallFailureKind.Unavailable, "down"),
        "" => CallOutcome.FromText(""),
        _ => CallOutcome.FromText($"It is so. <answer>{answer}</answer>"),
    };
}
