using Agents.Reasoning.Composition;
using static Agents.Reasoning.Workflows.WorkflowFaults;
using Part = System.Func<Agents.Reasoning.PromptCatalogue, Agents.Reasoning.IReasoningStrategy>;

namespace Agents.Reasoning.Workflows;

/// <summary>
/// Reads a document into the composition that it stands for. Each method checks one kind of node and gives how to build it, or
/// null when something is wrong, and goes on, so that all errors are found.
/// </summary>
internal sealed class WorkflowReader
{
    private readonly WorkflowFaults faults;
    private readonly SettingsReader settings;
    private readonly VerifierReader verifiers;
    private readonly SortedSet<string> roles = new(StringComparer.Ordinal);
    private bool limitsCost;

    public WorkflowReader(WorkflowFaults faults)
    {
        this.faults = faults;
        verifiers = new VerifierReader(faults, roles);
        settings = new SettingsReader(faults, verifiers, roles);
    }

    public WorkflowDocument? Document(WorkflowNode root)
    {
        Part? part = Chain(root, "", ["name", "description"]);
        var mapping = root as WorkflowMapping;
        string? name = mapping?.Members.FirstOrDefault(m => m.Name == "name") is { } named ? Name(named.Value) : null;
        string? description = mapping?.Members.FirstOrDefault(m => m.Name == "description") is { } said ? faults.Text(said.Value, "description", WorkflowVocabulary.MaxTextLength) : null;
        return part is null ? null : new WorkflowDocument(name, description, limitsCost, [.. roles], prompts => name is null ? part(prompts) : part(prompts).Named(name, description));
    }

    private string? Name(WorkflowNode node)
    {
        string? name = faults.Text(node, "name", WorkflowVocabulary.MaxNameLength);
        if (name is null)
            return null;
        if (!char.IsAsciiLetterLower(name[0]) && !char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            faults.Add("name", node, "must be lower-case letters, digits and hyphens");
        else if (WorkflowVocabulary.Strategies.Contains(name, StringComparer.Ordinal))
            faults.Add("name", node, $"'{name}' is the name of a shipped strategy; a workflow needs another");
        return name;
    }

    /// <summary>A part: one strategy, or a strategy and what is joined to it, step by step.</summary>
    private Part? Chain(WorkflowNode node, string path, IReadOnlyList<string> also)
    {
        if (node is WorkflowMapping { Members: var members } && members.Any(m => m.Name == "strategy") && members.All(m => m.Name != "steps"))
            return Strategy(node, path, also);
        if (faults.Mapping(node, path, ["steps", .. also]) is not { } part || !faults.TryNeed(part, "steps", node, path, out WorkflowNode? list))
            return null;
        string place = Under(path, "steps");
        if (faults.Sequence(list, place, WorkflowVocabulary.MaxSteps) is not { } steps)
            return null;
        Part? whole = Strategy(steps[0], $"{place}[0]", []);
        foreach ((int i, WorkflowNode step) in steps.Index().Skip(1))
        {
            Func<PromptCatalogue, IReasoningStrategy, IReasoningStrategy>? join = Join(step, $"{place}[{i}]");
            Part? before = whole;
            whole = before is null || join is null ? null : prompts => join(prompts, before(prompts));
        }

        return whole;
    }

    private Part? Strategy(WorkflowNode node, string path, IReadOnlyList<string> also)
    {
        if (node is not WorkflowMapping { Members: var members } || members.FirstOrDefault(m => m.Name == "strategy") is not { Value: var named })
        {
            faults.Add(path, node, "must be a strategy with its settings, such as { strategy: self-consistency, samples: 8 }");
            return null;
        }

        if (faults.Choice(named, Under(path, "strategy"), WorkflowVocabulary.Strategies, "strategy") is not { } name)
            return null;
        IReadOnlyList<StrategySetting> takes = StrategyCatalogue.SettingsOf(name);
        Func<PromptCatalogue, StrategySettings>? read = settings.Read(node, path, takes, ["strategy", "roles", .. also], $"{name} takes");
        List<(string, string)>? renamed = members.FirstOrDefault(m => m.Name == "roles") is { } given ? Roles(given.Value, Under(path, "roles")) : [];
        if (read is null || renamed is null)
            return null;
        return prompts => renamed.Count == 0 ? StrategyCatalogue.Create(name, read(prompts)) : StrategyCatalogue.Create(name, read(prompts)).WithRoles(renamed);
    }

    private Func<PromptCatalogue, IReasoningStrategy, IReasoningStrategy>? Join(WorkflowNode node, string path)
    {
        string? join = node is WorkflowMapping { Members: var members } ? WorkflowVocabulary.Joins.FirstOrDefault(j => members.Any(m => m.Name == j)) : null;
        if (join is null)
        {
            bool isStrategy = node is WorkflowMapping { Members: var given } && given.Any(m => m.Name == "strategy");
            faults.Add(path, node, isStrategy
                ? "a further strategy must say how it joins those before it: put it into then or escalateTo"
                : $"must be one of {string.Join(", ", WorkflowVocabulary.Joins)}");
            return null;
        }

        if (faults.Mapping(node, path, WorkflowVocabulary.Beside(join)) is not { } step)
            return null;
        string place = Under(path, join);
        switch (join)
        {
            case "then":
                return Chain(step[join], place, []) is { } next ? (prompts, before) => before.Then(next(prompts)) : null;
            case "escalateTo":
                Part? stronger = Chain(step[join], place, []);
                double? confidence = step.TryGetValue("confidence", out WorkflowNode? sure) ? faults.Number(sure, Under(path, "confidence"), WorkflowVocabulary.Confidence) : 0.8;
                return stronger is not null && confidence is { } enough ? (prompts, before) => before.EscalateTo(stronger(prompts), enough) : null;
            case "verifiedBy":
                return VerifiedBy(step, path, place);
            case "refine":
                return Refine(step[join], place);
            case "withBudget":
                return Budget(step[join], place) is { } limits ? (_, before) => before.WithBudget(limits) : null;
            default:
                return Roles(step[join], place) is { } renamed ? (_, before) => before.WithRoles(renamed) : null;
        }
    }

    private Func<PromptCatalogue, IReasoningStrategy, IReasoningStrategy>? VerifiedBy(Dictionary<string, WorkflowNode> step, string path, string place)
    {
        Func<PromptCatalogue, IVerifier>? verifier = verifiers.Read(step["verifiedBy"], place);
        var options = new VerifiedByOptions();
        double? accept = step.TryGetValue("accept", out WorkflowNode? least) ? faults.Number(least, Under(path, "accept"), StrategySettingTable.Accept) : options.Accept;
        double? most = step.TryGetValue("maxAnswers", out WorkflowNode? count) ? faults.Number(count, Under(path, "maxAnswers"), WorkflowVocabulary.MaxAnswers) : options.MaxAnswers;
        return verifier is not null && accept is { } passes && most is { } answers
            ? (prompts, before) => before.VerifiedBy(verifier(prompts), new() { Accept = passes, MaxAnswers = (int)answers })
            : null;
    }

    private Func<PromptCatalogue, IReasoningStrategy, IReasoningStrategy>? Refine(WorkflowNode node, string place)
    {
        Func<PromptCatalogue, StrategySettings>? read = settings.Read(node, place, [StrategySettingTable.Verifier, .. WorkflowVocabulary.Refine], [], "refine takes");
        if (node is WorkflowMapping { Members: var members } && members.All(m => m.Name != "verifier"))
        {
            faults.Add(place, node, "needs 'verifier': without evidence from outside, revising lowers accuracy");
            return null;
        }

        return read is null ? null : (prompts, before) =>
        {
            StrategySettings given = read(prompts);
            return before.Refine(given.Verifier!, StrategyCatalogue.RefineOptionsOf(given), prompts);
        };
    }

    private BudgetLimits? Budget(WorkflowNode node, string place)
    {
        if (faults.Mapping(node, place, [.. WorkflowVocabulary.Budget.Select(s => s.Name)]) is not { } given)
            return null;
        if (given.Count == 0)
            faults.Add(place, node, $"needs at least one of {string.Join(", ", WorkflowVocabulary.Budget.Select(s => s.Name))}");
        var values = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (StrategySetting limit in WorkflowVocabulary.Budget.Where(s => given.ContainsKey(s.Name)))
            values[limit.Name] = faults.Number(given[limit.Name], Under(place, limit.Name), limit);
        limitsCost |= values.ContainsKey("cost");
        return new BudgetLimits
        {
            Calls = (int?)values.GetValueOrDefault("calls"),
            Tokens = (long?)values.GetValueOrDefault("tokens"),
            Cost = (decimal?)values.GetValueOrDefault("cost"),
            Time = values.GetValueOrDefault("seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    private List<(string, string)>? Roles(WorkflowNode node, string place)
    {
        if (node is not WorkflowMapping { Members: { Count: > 0 and <= WorkflowVocabulary.MaxMembers } members })
        {
            faults.Add(place, node, "must be a mapping of one role or more to those that play them, such as { solver: expert }");
            return null;
        }

        var renamed = new List<(string, string)>();
        foreach (WorkflowMember member in members)
        {
            string? role = faults.Role(new WorkflowScalar(member.Name, member.Line), place);
            string? player = faults.Role(member.Value, Under(place, role ?? "?"));
            if (role is null || player is null)
                continue;
            if (renamed.Any(r => r.Item1 == role))
                faults.Add(Under(place, role), member.Line, "stands here twice");
            roles.Add(player);
            renamed.Add((role, player));
        }

        return renamed;
    }
}
