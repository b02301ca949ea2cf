using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Distillation;

/// <summary>Reads the sources of a recipe.</summary>
internal static class RecipeSources
{
    private static readonly string[] kinds = ["samples", "strategy", "runs", "data", "messages", "hinted"];

    /// <summary>The source of a part; samples where it names none.</summary>
    public static RecipeSource Read(DocumentFields part)
    {
        if (part.Value("source") is not { } element)
            return new SamplesSource();
        var fields = new DocumentFields(element, $"{part.Path}.source");
        // Samples stand beside some of the others, so they come last.
        RecipeSource source = fields.Has("strategy") ? ReadStrategy(fields)
            : fields.Has("runs") ? new RunsSource(fields.Text("runs"))
            : fields.Has("data") ? new DataSource(fields.Text("data")) { Teacher = fields.OptionalText("teacher"), Licence = fields.OptionalText("licence") }
            : fields.Has("messages") ? new MessagesSource(fields.Text("messages")) { Teacher = fields.OptionalText("teacher"), Licence = fields.OptionalText("licence") }
            : fields.Has("hinted") ? new HintedSource(RecipeFields.Positive(fields, "hinted")!.Value, RecipeFields.Positive(fields, "samples"))
            : fields.Has("samples") ? new SamplesSource(RecipeFields.Positive(fields, "samples"))
            : throw new DocumentException(fields.Path, $"names no source. There are: {string.Join(", ", kinds)}");
        fields.RefuseOthers();
        return source;
    }

    private static StrategySource ReadStrategy(DocumentFields fields)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Value("set") is { } set)
        {
            var values = new DocumentFields(set, $"{fields.Path}.set");
            foreach (JsonProperty setting in set.EnumerateObject())
                settings[setting.Name] = values.OptionalScalar(setting.Name) ?? throw new DocumentException($"{values.Path}.{setting.Name}", "must have a value");
        }

        return new StrategySource(fields.Text("strategy")) { Samples = RecipeFields.Positive(fields, "samples"), Verifier = fields.OptionalText("verifier"), Settings = settings };
    }
}
