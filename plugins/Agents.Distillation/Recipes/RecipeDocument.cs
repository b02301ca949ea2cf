using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>
/// Reads a recipe from JSON: <c>{"name":"…","steps":[{"step":"correct"},{"step":"distinct"}],"outputs":["trl-messages"]}</c>. What may
/// stand in it is in <c>docs/teaching.md</c>. Unknown names are refused with the nearest known one.
/// </summary>
public sealed class RecipeDocument
{
    private static readonly string[] steps = ["correct", "vote", "verifier", "distinct", "faults", "format", "language", "length", "repetition", "decontaminate", "limit"];

    private readonly Func<string, IReward> verifier;
    private readonly Func<string, IEnumerable<string>> texts;

    private RecipeDocument(Func<string, IReward> verifier, Func<string, IEnumerable<string>> texts)
    {
        this.verifier = verifier;
        this.texts = texts;
    }

    /// <summary>Reads a recipe.</summary>
    /// <param name="json">The document.</param>
    /// <param name="verifier">Makes the reward of a verifier by its name.</param>
    /// <param name="texts">The texts of an evaluation set by its file name, as the recipe gives it.</param>
    /// <exception cref="DocumentException">The document is wrong; the message says where.</exception>
    public static DistillationRecipe Parse(string json, Func<string, IReward> verifier, Func<string, IEnumerable<string>> texts)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new RecipeDocument(verifier, texts).Read(new DocumentFields(document.RootElement, "$")) with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))) };
        }
        catch (JsonException e)
        {
            throw new DocumentException("$", $"not JSON: {e.Message}", e);
        }
    }

    private DistillationRecipe Read(DocumentFields fields)
    {
        double test = fields.Number("test", 0);
        if (test is < 0 or >= 1)
            throw new DocumentException("$.test", FormattableString.Invariant($"the share of the test split must be 0 to under 1, found {test}"));
        IReadOnlyList<JsonElement> outputs = fields.List("outputs");
        if (outputs.Count == 0)
            throw new DocumentException("$.outputs", "names no format");
        var recipe = new DistillationRecipe
        {
            Name = fields.Text("name"),
            Description = fields.OptionalText("description"),
            Steps = [.. fields.List("steps").Select((s, i) => ReadStep(new DocumentFields(s, FormattableString.Invariant($"$.steps[{i}]"))))],
            Outputs = [.. outputs.Select((o, i) => ReadOutput(o, FormattableString.Invariant($"$.outputs[{i}]")))],
            Rows = new FormatOptions { System = fields.OptionalText("system"), Style = Choice(fields, "style", CompletionStyle.AsWritten) },
            TestShare = test,
            Seed = fields.OptionalWhole("seed") ?? 0,
        };
        fields.RefuseOthers();
        if (recipe.Outputs.GroupBy(o => o.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DocumentException("$.outputs", $"'{twice.Key}' would be written twice");
        return recipe;
    }

    private RecipeStep ReadStep(DocumentFields fields)
    {
        string name = fields.Text("step");
        RecipeStep step = name switch
        {
            "correct" => new(new CorrectStep()),
            "vote" => new(fields.Try("share", () => new VoteStep(fields.Number("share", 0.5), fields.OptionalWhole("votes") ?? 4))),
            "verifier" => ReadVerifier(fields),
            "distinct" => new(new DistinctCalculationsStep()),
            "faults" => new(new FaultStep()),
            "format" => new(new RewardStep(new FormatReward(Choice(fields, "template", CompletionTemplate.ThinkAnswer)), 1)),
            "language" => new(fields.Try("language", () => new RewardStep(new LanguageReward(fields.Text("language")), fields.Number("least", 0.9)))),
            "length" => new(fields.Try("least", () => new LengthStep(fields.OptionalWhole("least") ?? 1, fields.OptionalWhole("most") ?? int.MaxValue))),
            "repetition" => new(fields.Try("most", () => new RepetitionStep(fields.Number("most", 0.3), fields.OptionalWhole("words") ?? 8))),
            "decontaminate" => new(ReadDecontamination(fields)),
            "limit" => new(fields.Try("most", () => new LimitStep(fields.Whole("most"), Choice(fields, "order", LimitOrder.First)))),
            _ => throw new DocumentException($"{fields.Path}.step", $"there is no step '{name}'{DocumentFields.Near(name, steps)}"),
        };
        fields.RefuseOthers();
        return step;
    }

    private RecipeStep ReadVerifier(DocumentFields fields)
    {
        IReward reward = fields.Try("verifier", () => verifier(fields.Text("verifier")));
        bool isFitted = fields.Has("precision");
        if (isFitted == fields.Has("threshold"))
            throw new DocumentException(fields.Path, "a verifier needs either \"threshold\" or \"precision\"");
        if (!isFitted)
            return new(fields.Try("threshold", () => new VerifierStep(reward, fields.Number("threshold", 0))));
        double precision = Share("precision", 0), confidence = Share("confidence", 0.95), share = Share("held_out", 0.2);
        return new(null, new FittedVerifier(reward, precision, confidence, share));

        double Share(string name, double missing) => fields.Number(name, missing) is > 0 and < 1 and var value
            ? value
            : throw new DocumentException($"{fields.Path}.{name}", "must be over 0 and under 1");
    }

    private DecontaminationStep ReadDecontamination(DocumentFields fields)
    {
        IReadOnlyList<JsonElement> files = fields.List("against");
        return fields.Try("against", () => new DecontaminationStep(files.SelectMany(f => f.ValueKind == JsonValueKind.String ? texts(f.GetString()!) : throw new ArgumentException("Files are named by text.")), fields.OptionalWhole("words") ?? 13));
    }

    private static DistillationOutput ReadOutput(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String)
            return new(Format(element.GetString()!, path), element.GetString()!);
        var fields = new DocumentFields(element, path);
        TrainingFormat format = Format(fields.Text("format"), $"{path}.format");
        string name = fields.OptionalText("name") ?? format.Name;
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            throw new DocumentException($"{path}.name", "a file's name is of letters, digits, - and _");
        fields.RefuseOthers();
        return new(format, name);
    }

    private static TrainingFormat Format(string name, string path) => TrainingFormat.Find(name)
        ?? throw new DocumentException(path, $"there is no format '{name}'{DocumentFields.Near(name, TrainingFormat.All.Select(f => f.Name))}");

    private static T Choice<T>(DocumentFields fields, string name, T missing)
        where T : struct, Enum
    {
        if (!fields.Has(name))
            return missing;
        string text = fields.Text(name);
        foreach (T value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == text)
                return value;
        }

        string[] known = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
        throw new DocumentException($"{fields.Path}.{name}", $"there is no '{text}'{DocumentFields.Near(text, known)}");
    }
}
