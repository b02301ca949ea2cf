using Agents.Search;

namespace Agents.Reasoning.Strategies;

/// <summary>The prompts for steps, by the kind of step.</summary>
internal static class StepPrompts
{
    public const string Rest = "Reasoning/RestOfSolution";

    /// <summary>The next step alone.</summary>
    public static readonly IReadOnlyDictionary<string, string> NextStep = new Dictionary<string, string>(StringComparer.Ordinal) { [SearchActions.Step] = "Reasoning/NextStep" };

    /// <summary>The actions of rStar (Qi et al. 2024, arXiv:2408.06195) that ask for one step.</summary>
    public static readonly IReadOnlyDictionary<string, string> RStar = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["next-step"] = "Reasoning/NextStep",
        ["sub-question"] = "Reasoning/SubQuestion",
        ["re-answer"] = "Reasoning/ReanswerSubQuestion",
        ["rephrase"] = "Reasoning/Rephrase",
    };

    /// <summary>Hashes of all that may be asked.</summary>
    public static string Fingerprint(PromptCatalogue prompts, IReadOnlyDictionary<string, string> steps) =>
        PromptHash.Of(string.Join('|', steps.Values.Append(Rest).Select(name => prompts[name].Hash)));
}
