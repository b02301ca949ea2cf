using Agents.Reasoning.Verifiers;
using static Agents.Reasoning.Workflows.WorkflowFaults;

namespace Agents.Reasoning.Workflows;

/// <summary>Reads a verifier: the name of one, a judge with its settings, or an ensemble of others.</summary>
internal sealed class VerifierReader(WorkflowFaults faults, ISet<string> roles)
{
    private const string Judge = "llm-judge";

    /// <summary>How to build the verifier, or null when something is wrong.</summary>
    public Func<PromptCatalogue, IVerifier>? Read(WorkflowNode node, string path)
    {
        if (node is not WorkflowMapping { Members: var members })
            return Named(node, path);
        if (members.Any(m => m.Name == "ensemble"))
            return Ensemble(node, path);
        if (members.FirstOrDefault(m => m.Name == "name") is not { Value: var named })
        {
            faults.Add(path, node, "must be the name of a verifier, a mapping with 'name', or one with 'ensemble' and 'members'");
            return null;
        }

        if (faults.Choice(named, Under(path, "name"), WorkflowVocabulary.Verifiers, "verifier") is not { } name)
            return null;
        return name == Judge ? JudgeOf(node, path)
            : faults.Mapping(node, path, ["name"], _ => $"is no setting here; {name} takes none") is null ? null
            : Called(name);
    }

    private Func<PromptCatalogue, IVerifier>? Named(WorkflowNode node, string path) =>
        faults.Choice(node, path, WorkflowVocabulary.Verifiers, "verifier") is { } name ? Called(name) : null;

    private Func<PromptCatalogue, IVerifier> Called(string name)
    {
        if (name == "process")
            roles.Add(ProcessVerifier.DefaultRole);
        else if (name == "llm-step-judge")
            roles.Add(Strategies.Roles.Judge);
        else if (name == "mutual-consistency")
            roles.Add(Strategies.Roles.Discriminator);
        return prompts => VerifierCatalogue.Create(name, prompts);
    }

    private Func<PromptCatalogue, IVerifier>? JudgeOf(WorkflowNode node, string path)
    {
        int before = faults.Errors.Count;
        if (faults.Mapping(node, path, ["name", .. WorkflowVocabulary.Judge.Select(s => s.Name)]) is not { } given)
            return null;
        var options = new LlmJudgeOptions();
        foreach (StrategySetting setting in WorkflowVocabulary.Judge.Where(s => given.ContainsKey(s.Name)))
        {
            WorkflowNode value = given[setting.Name];
            string place = Under(path, setting.Name);
            options = setting.Name switch
            {
                "target" => faults.Choice(value, place, setting.Choices, "target") == "answer" ? options with { Target = JudgeTarget.Answer } : options,
                "scale" => faults.Choice(value, place, setting.Choices, "scale") == "points" ? options with { Scale = JudgeScale.Points } : options,
                "role" => faults.Role(value, place) is { } role ? options with { Role = role } : options,
                "temperature" => options with { Temperature = faults.Number(value, place, setting) },
                "votes" => options with { Votes = (int)(faults.Number(value, place, setting) ?? options.Votes) },
                "maxPoints" => options with { MaxPoints = (int)(faults.Number(value, place, setting) ?? options.MaxPoints) },
                _ => options with { MaxLength = (int)(faults.Number(value, place, setting) ?? options.MaxLength) },
            };
        }

        if (faults.Errors.Count > before)
            return null;
        roles.Add(options.Role);
        return prompts => new LlmJudgeVerifier(options, prompts);
    }

    private Func<PromptCatalogue, IVerifier>? Ensemble(WorkflowNode node, string path)
    {
        if (faults.Mapping(node, path, ["ensemble", "members"]) is not { } given)
            return null;
        string? rule = faults.Choice(given["ensemble"], Under(path, "ensemble"), WorkflowVocabulary.EnsembleRules, "rule");
        string place = Under(path, "members");
        if (!faults.TryNeed(given, "members", node, path, out WorkflowNode? list) || faults.Sequence(list, place, WorkflowVocabulary.MaxMembers) is not { } items)
            return null;
        Func<PromptCatalogue, EnsembleMember>?[] members = [.. items.Select((item, i) => Member(item, $"{place}[{i}]"))];
        if (rule is null || members.Any(m => m is null))
            return null;
        EnsembleRule chosen = rule switch { "any" => EnsembleRule.Any, "all" => EnsembleRule.All, "escalating" => EnsembleRule.Escalating, _ => EnsembleRule.Weighted };
        return prompts => new EnsembleVerifier(chosen, [.. members.Select(m => m!(prompts))]);
    }

    /// <summary>A member: a verifier alone, or <c>verifier</c> with its weight and thresholds.</summary>
    private Func<PromptCatalogue, EnsembleMember>? Member(WorkflowNode node, string path)
    {
        if (node is not WorkflowMapping { Members: var members } || members.All(m => m.Name != "verifier"))
            return Read(node, path) is { } alone ? prompts => Standard(alone(prompts)) : null;
        int before = faults.Errors.Count;
        if (faults.Mapping(node, path, ["verifier", .. WorkflowVocabulary.Member.Select(s => s.Name)]) is not { } given)
            return null;
        Func<PromptCatalogue, IVerifier>? verifier = Read(given["verifier"], Under(path, "verifier"));
        Dictionary<string, double?> values = new(StringComparer.Ordinal);
        foreach (StrategySetting setting in WorkflowVocabulary.Member.Where(s => given.ContainsKey(s.Name)))
        {
            bool isNever = setting.Name != "weight" && given[setting.Name] is WorkflowScalar { Value: null };
            values[setting.Name] = isNever ? null : faults.Number(given[setting.Name], Under(path, setting.Name), setting);
        }

        if (verifier is null || faults.Errors.Count > before)
            return null;
        return prompts =>
        {
            EnsembleMember member = Standard(verifier(prompts));
            return member with
            {
                Weight = values.TryGetValue("weight", out double? weight) ? weight!.Value : member.Weight,
                AcceptAt = values.TryGetValue("acceptAt", out double? accept) ? accept : member.AcceptAt,
                RejectAt = values.TryGetValue("rejectAt", out double? reject) ? reject : member.RejectAt,
            };
        };
    }

    // Right calculations do not make a right solution: arithmetic may reject, but not accept.
    private static EnsembleMember Standard(IVerifier verifier) => verifier is ArithmeticVerifier ? new(verifier) { AcceptAt = null } : new(verifier);
}
