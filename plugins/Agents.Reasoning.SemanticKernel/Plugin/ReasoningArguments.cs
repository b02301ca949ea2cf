namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// Names in <c>KernelArguments</c> that hold for any function of the plugin which asks a model. They are not parameters, so a
/// model that chooses functions is not told of them. Numbers may be numbers or text.
/// </summary>
public static class ReasoningArguments
{
    /// <summary>The run's seed, a whole number.</summary>
    public const string Seed = "seed";

    /// <summary>Sampling temperature, 0–10.</summary>
    public const string Temperature = "temperature";

    /// <summary>The most model calls, at least 1.</summary>
    public const string BudgetCalls = "budget_calls";

    /// <summary>The most tokens, input and output, at least 1.</summary>
    public const string BudgetTokens = "budget_tokens";

    /// <summary>The most wall-clock seconds, more than 0.</summary>
    public const string BudgetSeconds = "budget_seconds";

    /// <summary>The most money, in the currency of the prices in <see cref="ReasoningPluginOptions.Run"/>.</summary>
    public const string BudgetCost = "budget_cost";

    /// <summary>Roles that play others, such as <c>solver=expert, judge=expert</c>; a dictionary of strings will do.</summary>
    public const string Roles = "roles";

    /// <summary>A workflow document in place of a strategy: its JSON, or a <see cref="Workflows.WorkflowDocument"/>. For <c>Solve</c> and <c>SolveStreaming</c>.</summary>
    public const string Workflow = "workflow";
}
