namespace Agents.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Runs finished, those found finished in the journal included.</param>
/// <param name="Total">Runs in all: questions × strategies.</param>
/// <param name="Rate">Runs a second over the last finished ones; 0 until two have finished.</param>
/// <param name="Remaining">The time left at that rate; null while unknown.</param>
/// <param name="ModelCalls">Model calls so far.</param>
/// <param name="Tokens">Input and output tokens reported so far.</param>
/// <param name="Strategies">The running accuracy of each strategy, in the order of the plan.</param>
public sealed record EvaluationProgress(int Done, int Total, double Rate, TimeSpan? Remaining, long ModelCalls, long Tokens, IReadOnlyList<StrategyProgress> Strategies);

/// <summary>The running accuracy of one strategy.</summary>
/// <param name="Name">The strategy's name.</param>
/// <param name="Done">Questions finished.</param>
/// <param name="Correct">Of these, the right ones.</param>
public readonly record struct StrategyProgress(string Name, int Done, int Correct);
