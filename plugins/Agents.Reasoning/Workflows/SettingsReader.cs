using Agents.Reasoning.Strategies;
using static Agents.Reasoning.Workflows.WorkflowFaults;

namespace Agents.Reasoning.Workflows;

/// <summary>Reads the settings of a strategy by the table of what it takes.</summary>
internal sealed class SettingsReader(WorkflowFaults faults, VerifierReader verifiers, ISet<string> roles)
{
    private static readonly StrategySetting[] all = [.. StrategyCatalogue.Descriptions.SelectMany(d => StrategyCatalogue.SettingsOf(d.Name)).Distinct()];

    /// <summary>The settings in a mapping, or null when something is wrong.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="path">Its place.</param>
    /// <param name="takes">What may be set.</param>
    /// <param name="also">Names in the mapping that are no settings.</param>
    /// <param name="taker">Who takes them, for messages.</param>
    public Func<PromptCatalogue, StrategySettings>? Read(WorkflowNode node, string path, IReadOnlyList<StrategySetting> takes, IReadOnlyList<string> also, string taker)
    {
        string[] names = [.. takes.Select(s => s.Name)];
        int before = faults.Errors.Count;
        if (faults.Mapping(node, path, [.. names, .. also], Misplaced) is not { } given)
            return null;
        StrategySettings settings = StrategySettings.Default;
        Func<PromptCatalogue, IVerifier>? verifier = null;
        foreach (StrategySetting setting in takes.Where(s => given.ContainsKey(s.Name)))
        {
            string place = Under(path, setting.Name);
            if (setting.Kind == SettingKind.Verifier)
                verifier = verifiers.Read(given[setting.Name], place);
            else if (Value(setting, given[setting.Name], place) is { } value)
                settings = setting.Apply(settings, value);
        }

        return faults.Errors.Count > before ? null : prompts => settings with { Prompts = prompts, Verifier = verifier?.Invoke(prompts) };

        // A setting of other strategies is worth another hint than a slip of the pen.
        string? Misplaced(string name) => all.Any(s => s.Name == name)
            ? $"is no setting here; {taker} {(names.Length == 0 ? "none" : string.Join(", ", names))}"
            : null;
    }

    private object? Value(StrategySetting setting, WorkflowNode node, string place) => setting.Kind switch
    {
        SettingKind.Integer => faults.Number(node, place, setting) is { } number ? (object)(int)number : null,
        SettingKind.Number => faults.Number(node, place, setting),
        SettingKind.Choice => faults.Choice(node, place, setting.Choices, setting.Name),
        SettingKind.Role => Role(node, place),
        SettingKind.Integers => List(node, place, (item, at) => faults.Number(item, at, setting) is { } number ? (int?)number : null) is { } numbers ? numbers.Select(n => n!.Value).ToArray() : null,
        SettingKind.Roles => List(node, place, Role) is { } names ? names.Select(n => n!).ToArray() : null,
        SettingKind.Stages => List(node, place, (item, at) => Stage(item, at, setting)) is { } stages ? stages.Select(s => s!).ToArray() : null,
        _ => throw new InvalidOperationException($"{setting.Kind} is read elsewhere."),
    };

    private T?[]? List<T>(WorkflowNode node, string place, Func<WorkflowNode, string, T?> read)
    {
        if (faults.Sequence(node, place, WorkflowVocabulary.MaxMembers) is not { } items)
            return null;
        T?[] values = [.. items.Select((item, i) => read(item, $"{place}[{i}]"))];
        return values.Any(v => v is null) ? null : values;
    }

    private string? Role(WorkflowNode node, string place)
    {
        if (faults.Role(node, place) is not { } role)
            return null;
        roles.Add(role);
        return role;
    }

    private CascadeStage? Stage(WorkflowNode node, string place, StrategySetting range)
    {
        if (faults.Mapping(node, place, ["role", "samples"]) is not { } stage)
            return null;
        string? role = faults.TryNeed(stage, "role", node, place, out WorkflowNode? named) ? Role(named, Under(place, "role")) : null;
        double? samples = faults.TryNeed(stage, "samples", node, place, out WorkflowNode? count) ? faults.Number(count, Under(place, "samples"), range) : null;
        return role is not null && samples is { } number ? new CascadeStage(role, (int)number) : null;
    }
}
