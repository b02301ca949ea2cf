using System.CommandLine;
using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;

namespace Agents.Cli;

/// <summary>What <c>--workflow FILE</c> means to the commands that take it.</summary>
internal static class WorkflowOption
{
    /// <summary>The document that the option names; null without the option.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="workflow">The option.</param>
    /// <param name="excluded">Options that mean nothing beside it.</param>
    /// <exception cref="ArgumentException">An excluded option was given.</exception>
    /// <exception cref="WorkflowException">The document is wrong.</exception>
    public static WorkflowDocument? Load(ParseResult parsed, Option<string?> workflow, IReadOnlyList<Option> excluded)
    {
        if (parsed.GetValue(workflow) is not { } file)
            return null;
        Option? beside = excluded.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });
        return beside is null ? WorkflowFile.Load(file) : throw new ArgumentException($"{beside.Name} and --workflow exclude each other: the workflow says what runs.");
    }

    /// <summary>A limit on cost needs a price for every call.</summary>
    /// <exception cref="ArgumentException">There is a limit and no price for every role.</exception>
    public static void CheckPrices(BudgetLimits limits, IReadOnlyDictionary<string, ModelPrice> prices, params IEnumerable<WorkflowDocument?> documents)
    {
        if ((limits.Cost is not null || documents.Any(d => d is { LimitsCost: true })) && !prices.ContainsKey("*"))
            throw new ArgumentException("A limit on cost needs prices: --price IN/OUT, in money per million tokens, and --price ROLE=IN/OUT where a role's differs.");
    }
}
