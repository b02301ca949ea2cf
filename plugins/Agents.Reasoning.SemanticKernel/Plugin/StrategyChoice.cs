using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning.Verifiers;
using Agents.Reasoning.Workflows;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>The strategy that a call of <c>Solve</c> asks for: by name with its settings, or a workflow document.</summary>
internal sealed class StrategyChoice(ReasoningPluginOptions options, RunPlanner planner)
{
    /// <exception cref="ArgumentException">There is no such strategy, or it does not take a setting; the message says what there is.</exception>
    /// <exception cref="WorkflowException">The document cannot be used; the exception lists all that is wrong with it.</exception>
    public IReasoningStrategy Choose(string? strategy, int samples, string? verifier, KernelArguments? arguments)
    {
        if (arguments is not null && arguments.TryGetValue(ReasoningArguments.Workflow, out object? workflow) && workflow is not null and not "")
        {
            return string.IsNullOrEmpty(strategy) && samples == 0 && string.IsNullOrEmpty(verifier)
                ? Workflow(workflow)
                : throw ArgumentValues.Unusable(ReasoningArguments.Workflow, $"The argument '{ReasoningArguments.Workflow}' says all of how to reason: leave strategy, samples and verifier out.");
        }

        string name = string.IsNullOrWhiteSpace(strategy) ? options.Strategy : strategy.Trim();
        IReadOnlyList<StrategySetting> takes = StrategyCatalogue.SettingsOf(name);
        if (samples != 0)
        {
            Need(takes, name, "samples");
            CheckSamples(samples, "samples");
        }

        var settings = new StrategySettings { Samples = samples > 0 ? samples : null, Prompts = options.Prompts };
        if (!string.IsNullOrWhiteSpace(verifier))
        {
            Need(takes, name, "verifier");
            settings = settings with { Verifier = planner.Verifier(verifier.Trim()) };
        }

        return StrategyCatalogue.Create(name, settings);
    }

    /// <exception cref="ArgumentException">More than the plugin allows.</exception>
    public void CheckSamples(int samples, string name)
    {
        if (samples < 1 || samples > options.MaxSamples)
            throw ArgumentValues.Refused(name, FormattableString.Invariant($"a whole number from 1 to {options.MaxSamples}"), samples.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Need(IReadOnlyList<StrategySetting> takes, string strategy, string setting)
    {
        if (takes.All(t => t.Name != setting))
            throw ArgumentValues.Unusable(setting, $"The strategy {strategy} takes no '{setting}'. {(takes.Count == 0 ? "It takes no settings." : $"It takes {string.Join(", ", takes.Select(t => t.Name))}.")}");
    }

    private IReasoningStrategy Workflow(object given)
    {
        WorkflowDocument document = given switch
        {
            WorkflowDocument read => read,
            JsonElement { ValueKind: JsonValueKind.String } text => WorkflowDocument.Parse(text.GetString()!),
            JsonElement json => WorkflowDocument.Read(json),
            JsonNode node => WorkflowDocument.Parse(node.ToJsonString()),
            _ => WorkflowDocument.Parse(given.ToString() ?? ""),
        };
        if (document.LimitsCost && options.Run.Prices.Count == 0)
            throw ArgumentValues.Unusable(ReasoningArguments.Workflow, "The workflow limits cost, which needs prices: ReasoningPluginOptions.Run declares none.");
        if (document.Roles.Contains(ProcessVerifier.DefaultRole))
            planner.NeedRole(ProcessVerifier.DefaultRole, "The workflow");
        return document.Build(options.Prompts);
    }
}
