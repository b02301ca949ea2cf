using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>
/// Reads a recipe from JSON: <c>{"name":"…","steps":[{"step":"correct"},{"step":"distinct"}],"outputs":["trl-messages"]}</c>, or with
/// several data sets <c>{"name":"…","stages":[{"name":"…","parts":[{"name":"…","source":{…},"steps":[…],"weight":3}],"outputs":[…]}]}</c>. What
/// may stand in it is in <c>docs/teaching.md</c>. Unknown names are refused with the nearest known one.
/// </summary>
public sealed class RecipeDocument
{
    private readonly RecipeSteps steps;

    private RecipeDocument(RecipeSteps steps) => this.steps = steps;

    /// <summary>Reads a recipe.</summary>
    /// <param name="json">The document.</param>
    /// <param name="verifier">Makes the reward of a verifier by its name.</param>
    /// <param name="texts">The texts of an evaluation set by its file name, as the recipe gives it.</param>
    /// <param name="teacher">The model for steps that ask one; null where none was named.</param>
    /// <exception cref="DocumentException">The document is wrong; the message says where.</exception>
    public static DistillationRecipe Parse(string json, Func<string, IReward> verifier, Func<string, IEnumerable<string>> texts, TeacherModel? teacher = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new RecipeDocument(new RecipeSteps(verifier, texts, teacher)).Read(new DocumentFields(document.RootElement, "$")) with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))) };
        }
        catch (JsonException e)
        {
            throw new DocumentException("$", $"not JSON: {e.Message}", e);
        }
    }

    private DistillationRecipe Read(DocumentFields fields)
    {
        string name = fields.Text("name");
        var recipe = new DistillationRecipe
        {
            Name = name,
            Description = fields.OptionalText("description"),
            Seed = fields.OptionalWhole("seed") ?? 0,
            Stages = fields.Has("stages") ? ReadStages(fields) : [ReadStage(fields, "")],
        };
        fields.RefuseOthers();
        return recipe;
    }

    private RecipeStage[] ReadStages(DocumentFields fields)
    {
        RecipeStage[] stages = [.. fields.List("stages").Select((s, i) =>
        {
            var stage = new DocumentFields(s, FormattableString.Invariant($"$.stages[{i}]"));
            RecipeStage read = ReadStage(stage, FileName(stage, stage.Text("name")));
            stage.RefuseOthers();
            return read;
        })];
        if (stages.Length == 0)
            throw new DocumentException("$.stages", "names no stage");
        if (stages.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DocumentException("$.stages", $"there are two stages '{twice.Key}'");
        return stages;
    }

    /// <summary>A stage, or a whole recipe where it has but one.</summary>
    private RecipeStage ReadStage(DocumentFields fields, string name)
    {
        IReadOnlyList<JsonElement> outputs = fields.List("outputs");
        if (outputs.Count == 0)
            throw new DocumentException($"{fields.Path}.outputs", "names no format");
        var stage = new RecipeStage(
            name,
            fields.Has("parts") ? ReadParts(fields) : [ReadPart(fields, "")],
            [.. outputs.Select((o, i) => ReadOutput(o, FormattableString.Invariant($"{fields.Path}.outputs[{i}]")))])
        {
            Rows = new FormatOptions { System = fields.OptionalText("system"), Style = RecipeFields.Choice(fields, "style", CompletionStyle.AsWritten) },
            TestShare = RecipeFields.Share(fields, "test"),
            Unit = RecipeFields.Choice(fields, "unit", MixtureUnit.Traces),
            Size = RecipeFields.Positive(fields, "size"),
        };
        if (stage.Outputs.GroupBy(o => o.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DocumentException($"{fields.Path}.outputs", $"'{twice.Key}' would be written twice");
        if (stage.Size is not null && stage.Parts.All(p => p.Weight is null))
            throw new DocumentException($"{fields.Path}.size", "is what parts with a weight give together, and no part has one");
        return stage;
    }

    private RecipePart[] ReadParts(DocumentFields fields)
    {
        RecipePart[] parts = [.. fields.List("parts").Select((p, i) =>
        {
            var part = new DocumentFields(p, FormattableString.Invariant($"{fields.Path}.parts[{i}]"));
            RecipePart read = ReadPart(part, part.Text("name"));
            part.RefuseOthers();
            return read;
        })];
        if (parts.Length == 0)
            throw new DocumentException($"{fields.Path}.parts", "names no part");
        if (parts.GroupBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DocumentException($"{fields.Path}.parts", $"there are two parts '{twice.Key}'");
        return parts;
    }

    private RecipePart ReadPart(DocumentFields fields, string name)
    {
        RecipeSource source = RecipeSources.Read(fields);
        RecipeStep[] read = [.. fields.List("steps").Select((s, i) => steps.Read(new DocumentFields(s, FormattableString.Invariant($"{fields.Path}.steps[{i}]"))))];
        double? weight = fields.Has("weight") ? fields.Number("weight", 0) : null;
        if (weight <= 0)
            throw new DocumentException($"{fields.Path}.weight", "must be over 0");
        return new RecipePart(name, source, read) { Weight = weight, Count = RecipeFields.Positive(fields, "count") };
    }

    private static string FileName(DocumentFields fields, string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? name
        : throw new DocumentException($"{fields.Path}.name", "a file's name is of letters, digits, - and _");

    private static DistillationOutput ReadOutput(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String)
            return new(Format(element.GetString()!, path), element.GetString()!);
        var fields = new DocumentFields(element, path);
        TrainingFormat format = Format(fields.Text("format"), $"{path}.format");
        string name = FileName(fields, fields.OptionalText("name") ?? format.Name);
        fields.RefuseOthers();
        return new(format, name);
    }

    private static TrainingFormat Format(string name, string path) => TrainingFormat.Find(name)
        ?? throw new DocumentException(path, $"there is no format '{name}'{DocumentFields.Near(name, TrainingFormat.All.Select(f => f.Name))}");
}
