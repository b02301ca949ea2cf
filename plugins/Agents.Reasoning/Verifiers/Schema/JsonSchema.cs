using System.Text.Json;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// A JSON Schema in the subset of draft 2020-12 that answers need: <c>type enum const properties required additionalProperties
/// minProperties maxProperties items prefixItems minItems maxItems uniqueItems minLength maxLength pattern minimum maximum
/// exclusiveMinimum exclusiveMaximum multipleOf allOf anyOf oneOf not $defs</c> and <c>$ref</c> within the document. A keyword that is
/// not among these is refused when the schema is read, never ignored; annotations (<c>title</c>, <c>format</c>, …) say nothing, as the standard has it.
/// Immutable, thread-safe.
/// </summary>
public sealed class JsonSchema
{
    private readonly JsonElement root;

    private JsonSchema(JsonElement root) => this.root = root;

    /// <summary>The schema's own text.</summary>
    public string Text => root.GetRawText();

    /// <summary>Reads a schema.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="source">What to call it in errors, such as the file's name.</param>
    /// <exception cref="FormatException">It is not JSON, uses a keyword outside the subset, or a keyword wrongly; the message says where.</exception>
    public static JsonSchema Parse(string json, string source = "The schema")
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement.Clone();
            new SchemaReview(root).Check();
            return new JsonSchema(root);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{source} is not JSON: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{source} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The first thing that keeps a value from satisfying the schema, with its place; null when it does.</summary>
    public string? ProblemOf(JsonElement value) => new SchemaEvaluation(root).Problem(root, value, "");
}
