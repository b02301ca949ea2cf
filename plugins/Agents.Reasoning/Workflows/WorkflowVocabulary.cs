using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Workflows;

/// <summary>The names and ranges of workflow documents that are not a strategy's: one table for the reader and the schema.</summary>
internal static class WorkflowVocabulary
{
    public const int MaxSteps = 32;
    public const int MaxMembers = 16;
    public const int MaxNameLength = 60;
    public const int MaxTextLength = 500;

    /// <summary>What a name of a document looks like.</summary>
    public const string NamePattern = "^[a-z0-9][a-z0-9-]{0,59}$";

    /// <summary>What a role's name looks like.</summary>
    public const string RolePattern = "^[a-z][a-z0-9-]{0,39}$";

    public static readonly StrategySetting Confidence = new("confidence", SettingKind.Number, "The confidence from which the part before is enough.") { Min = 0, Max = 1 };

    public static readonly StrategySetting MaxAnswers = new("maxAnswers", SettingKind.Integer, "The most different answers judged.") { Min = 1, Max = 100 };

    /// <summary>What <c>refine</c> takes besides its verifier.</summary>
    public static IReadOnlyList<StrategySetting> Refine { get; } = [.. StrategyCatalogue.SettingsOf(RefineStrategy.About.Name).Where(s => s.Kind != SettingKind.Verifier)];

    /// <summary>What <c>verifiedBy</c> takes beside it.</summary>
    public static IReadOnlyList<StrategySetting> VerifiedBy { get; } = [StrategySettingTable.Accept, MaxAnswers];

    public static IReadOnlyList<StrategySetting> Budget { get; } =
    [
        new("calls", SettingKind.Integer, "The most model calls.") { Min = 0, Max = 1_000_000 },
        new("tokens", SettingKind.Integer, "The most tokens, input and output.") { Min = 0, Max = 1_000_000_000 },
        new("cost", SettingKind.Number, "The most money, in the currency of the host's prices.") { Min = 0, Max = 1_000_000 },
        new("seconds", SettingKind.Number, "The most wall-clock time.") { Min = 0, IsMinExcluded = true, Max = 86_400 },
    ];

    public static IReadOnlyList<StrategySetting> Judge { get; } =
    [
        new("target", SettingKind.Choice, "What the judge is shown.") { Choices = ["solution", "answer"] },
        new("scale", SettingKind.Choice, "How the judge states its verdict.") { Choices = ["yes-no", "points"] },
        new("maxPoints", SettingKind.Integer, "The top of the scale of points.") { Min = 1, Max = 1000 },
        new("votes", SettingKind.Integer, "Votes; their mean is the score.") { Min = 1, Max = 256 },
        new("temperature", SettingKind.Number, "Sampling temperature of the judge.") { Min = 0, Max = 10 },
        new("role", SettingKind.Role, "The role whose model judges."),
        new("maxLength", SettingKind.Integer, "Characters of the candidate that the judge sees.") { Min = 200, Max = 1_000_000 },
    ];

    public static IReadOnlyList<StrategySetting> Member { get; } =
    [
        new("weight", SettingKind.Number, "Weight in a weighted mean.") { Min = 0, IsMinExcluded = true, Max = 1000 },
        new("acceptAt", SettingKind.Number, "The score from which an escalating ensemble takes its word for right; null: never.") { Min = 0, Max = 1 },
        new("rejectAt", SettingKind.Number, "The score up to which an escalating ensemble takes its word for wrong; null: never.") { Min = 0, Max = 1 },
    ];

    public static IReadOnlyList<string> EnsembleRules { get; } = ["weighted", "any", "all", "escalating"];

    public static IReadOnlyList<string> Verifiers { get; } = [.. VerifierCatalogue.Descriptions.Select(d => d.Name)];

    public static IReadOnlyList<string> Strategies { get; } = [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];

    /// <summary>What joins a step to those before it.</summary>
    public static IReadOnlyList<string> Joins { get; } = ["then", "escalateTo", "verifiedBy", "refine", "withBudget", "withRoles"];

    /// <summary>The names beside a join.</summary>
    public static IReadOnlyList<string> Beside(string join) => join switch
    {
        "escalateTo" => [join, Confidence.Name],
        "verifiedBy" => [join, .. VerifiedBy.Select(s => s.Name)],
        _ => [join],
    };
}
