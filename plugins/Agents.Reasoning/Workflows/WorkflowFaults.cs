using System.Diagnostics.CodeAnalysis;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Workflows;

/// <summary>
/// Checks single nodes and notes what is wrong with each, so that one reading finds all errors. Every check gives the value, or
/// null when it noted an error.
/// </summary>
internal sealed class WorkflowFaults
{
    private const int MaxErrors = 100;
    private readonly List<WorkflowError> errors = [];

    public IReadOnlyList<WorkflowError> Errors => errors;

    public void Add(string path, WorkflowNode node, string message) => Add(path, node.Line, message);

    public void Add(string path, int? line, string message)
    {
        if (errors.Count < MaxErrors)
            errors.Add(new WorkflowError(path, message, line));
    }

    /// <summary>The place of a member.</summary>
    public static string Under(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>A mapping; every name that is not known, or stands twice, is an error with the nearest known names.</summary>
    public Dictionary<string, WorkflowNode>? Mapping(WorkflowNode node, string path, IReadOnlyList<string> known, Func<string, string?>? explain = null)
    {
        if (node is not WorkflowMapping mapping)
        {
            Add(path, node, $"must be a mapping of names to values, not {Kind(node)}");
            return null;
        }

        var members = new Dictionary<string, WorkflowNode>(StringComparer.Ordinal);
        foreach (WorkflowMember member in mapping.Members)
        {
            string place = Under(path, Shown(member.Name));
            if (!known.Contains(member.Name, StringComparer.Ordinal))
                Add(place, member.Line, explain?.Invoke(member.Name) ?? $"is not known here. {Hint(member.Name, known)}");
            else if (!members.TryAdd(member.Name, member.Value))
                Add(place, member.Line, "stands here twice");
        }

        return members;
    }

    public IReadOnlyList<WorkflowNode>? Sequence(WorkflowNode node, string path, int most)
    {
        if (node is not WorkflowSequence { Items: var items })
        {
            Add(path, node, $"must be a list, not {Kind(node)}");
            return null;
        }

        if (items.Count == 0 || items.Count > most)
        {
            Add(path, node, $"must have 1 to {most} items, not {items.Count}");
            return null;
        }

        return items;
    }

    public double? Number(WorkflowNode node, string path, StrategySetting range)
    {
        if (node is WorkflowScalar { Value: double value } && range.Holds(value) && (range.Kind == SettingKind.Number || double.IsInteger(value)))
            return value;
        Add(path, node, $"must be {range.Range}{(range.Kind == SettingKind.Number ? "" : ", a whole number")}");
        return null;
    }

    public string? Text(WorkflowNode node, string path, int most)
    {
        if (node is WorkflowScalar { Value: string text } && text.Length > 0 && text.Length <= most)
            return text;
        Add(path, node, $"must be text of 1 to {most} characters");
        return null;
    }

    public string? Choice(WorkflowNode node, string path, IReadOnlyList<string> choices, string what)
    {
        if (node is WorkflowScalar { Value: string name } && choices.Contains(name, StringComparer.Ordinal))
            return name;
        Add(path, node, node is WorkflowScalar { Value: string wrong } ? $"there is no {what} '{Shown(wrong)}'. {Hint(wrong, choices)}" : $"must be the name of a {what}, not {Kind(node)}");
        return null;
    }

    public string? Role(WorkflowNode node, string path)
    {
        if (node is WorkflowScalar { Value: string name } && Roles.IsName(name))
            return name;
        Add(path, node, "must be a role: a lower-case letter, then at most 39 letters, digits or hyphens. Which model plays it is the host's business");
        return null;
    }

    /// <summary>A member that must be there.</summary>
    public bool TryNeed(Dictionary<string, WorkflowNode> members, string name, WorkflowNode node, string path, [NotNullWhen(true)] out WorkflowNode? value)
    {
        if (members.TryGetValue(name, out value))
            return true;
        Add(path, node, $"needs '{name}'");
        return false;
    }

    public static string Hint(string typed, IReadOnlyList<string> known)
    {
        string[] near = NearMatches.Of(Shown(typed), known);
        return near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"There are: {string.Join(", ", known)}.";
    }

    // What stands in a document goes into messages and logs: cut, and on one line.
    private static string Shown(string text)
    {
        string line = text.Length <= 40 ? text : text[..40] + "…";
        return string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private static string Kind(WorkflowNode node) => node switch
    {
        WorkflowMapping => "a mapping",
        WorkflowSequence => "a list",
        WorkflowScalar { Value: string } => "text",
        WorkflowScalar { Value: double } => "a number",
        WorkflowScalar { Value: bool } => "true or false",
        _ => "nothing",
    };
}
