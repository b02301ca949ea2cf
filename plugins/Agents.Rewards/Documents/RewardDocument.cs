using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Rewards;

/// <summary>
/// A reward function as a JSON document: <c>{"rewards":[{"reward":"accuracy"},{"reward":"format","weight":0.2}]}</c>. Each entry
/// names a reward, its <c>weight</c> (1), what an abstention counts as (<c>abstaining</c>, 0) and the reward's own settings:
/// <c>format</c> takes <c>template</c>; <c>language</c> takes <c>language</c>; <c>overlong</c> takes <c>limit</c> and <c>buffer</c>; <c>verifier</c> takes <c>verifier</c>;
/// <c>unit-tests</c> is the verifier of that name; <c>group-length</c> is added within groups and stands there once. Beside the list, <c>refuse</c> names the faults that refuse a completion outright and <c>refused</c> is its reward.
/// </summary>
public static class RewardDocument
{
    private static readonly string[] rewards = ["accuracy", "format", "language", "overlong", "verifier", UnitTests, GroupLength.Name];

    private const string UnitTests = "unit-tests";

    /// <summary>Accuracy with weight 1 and format with 0.2: what is used where nothing else is said.</summary>
    public static RewardFunction Default { get; } = new(new WeightedReward(new AccuracyReward()), new WeightedReward(new FormatReward(), 0.2));

    /// <summary>Reads a document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="verifier">Makes the reward of a verifier by its name; null where verifiers are not to be had.</param>
    /// <exception cref="DocumentException">The document is wrong; the message says where.</exception>
    public static RewardFunction Parse(string json, Func<string, IReward>? verifier = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, verifier);
        }
        catch (JsonException e)
        {
            throw new DocumentException("$", $"not JSON: {e.Message}", e);
        }
    }

    /// <summary>Reads a document that is part of another.</summary>
    /// <param name="root">Its element.</param>
    /// <param name="verifier">Makes the reward of a verifier by its name; null where verifiers are not to be had.</param>
    /// <exception cref="DocumentException">The document is wrong; the message says where.</exception>
    public static RewardFunction Read(JsonElement root, Func<string, IReward>? verifier = null)
    {
        var fields = new DocumentFields(root, "$");
        IReadOnlyList<JsonElement> entries = fields.List("rewards");
        if (entries.Count == 0)
            throw new DocumentException("$.rewards", "names no reward");
        double? groupLength = null;
        var parts = new List<WeightedReward>();
        for (int i = 0; i < entries.Count; i++)
        {
            var entry = new DocumentFields(entries[i], FormattableString.Invariant($"$.rewards[{i}]"));
            if (entry.Text("reward") == GroupLength.Name)
                groupLength = groupLength is null ? ReadGroupLength(entry) : throw new DocumentException(entry.Path, $"'{GroupLength.Name}' stands in the list twice");
            else
                parts.Add(ReadPart(entry, verifier));
        }

        if (parts.Count == 0)
            throw new DocumentException("$.rewards", $"'{GroupLength.Name}' needs another reward beside it");
        CompletionFaults refused = fields.Has("refuse")
            ? fields.List("refuse").Select((name, i) => ReadFault(name, FormattableString.Invariant($"$.refuse[{i}]"))).Aggregate(CompletionFaults.None, (a, b) => a | b)
            : RewardFunction.Hacking;
        double refusedReward = fields.Number("refused", 0);
        fields.RefuseOthers();
        return new RewardFunction(parts) { Refused = refused, RefusedReward = refusedReward, GroupLengthWeight = groupLength ?? 0 };
    }

    private static WeightedReward ReadPart(DocumentFields fields, Func<string, IReward>? verifier)
    {
        string name = fields.Text("reward");
        IReward reward = name switch
        {
            "accuracy" => new AccuracyReward(),
            "format" => new FormatReward(ReadTemplate(fields)),
            "language" => fields.Try("language", () => new LanguageReward(fields.Text("language"))),
            "overlong" => fields.Try("limit", () => new OverlongReward(fields.Whole("limit"), fields.Whole("buffer"))),
            "verifier" or UnitTests when verifier is null => throw new DocumentException(fields.Path, "verifiers are not to be had here"),
            "verifier" => fields.Try("verifier", () => verifier(fields.Text("verifier"))),
            UnitTests => fields.Try("reward", () => verifier(UnitTests)),
            _ => throw new DocumentException($"{fields.Path}.reward", $"there is no reward '{name}'{DocumentFields.Near(name, rewards)}"),
        };
        var part = new WeightedReward(reward, fields.Number("weight", 1)) { WhenAbstaining = fields.Number("abstaining", 0) };
        fields.RefuseOthers();
        return part;
    }

    private static double ReadGroupLength(DocumentFields fields)
    {
        double weight = fields.Number("weight", 1);
        fields.RefuseOthers();
        return weight;
    }

    private static CompletionTemplate ReadTemplate(DocumentFields fields)
    {
        if (!fields.Has("template"))
            return CompletionTemplate.ThinkAnswer;
        string name = fields.Text("template");
        foreach (CompletionTemplate template in Enum.GetValues<CompletionTemplate>())
        {
            if (TemplateName(template) == name)
                return template;
        }

        throw new DocumentException($"{fields.Path}.template", $"there is no template '{name}'. There are: {string.Join(", ", Enum.GetValues<CompletionTemplate>().Select(TemplateName))}");
    }

    private static string TemplateName(CompletionTemplate template) => JsonNamingPolicy.KebabCaseLower.ConvertName(template.ToString());

    private static CompletionFaults ReadFault(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String && FaultNames.Parse(value.GetString()!) is { } fault
            ? fault
            : throw new DocumentException(path, $"{value.GetRawText()} is no fault. There are: {string.Join(", ", FaultNames.All)}");
}
