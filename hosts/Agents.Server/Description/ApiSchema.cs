using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Agents.Server.Description;

/// <summary>Schemas of the description, in the fewest words.</summary>
internal static class ApiSchema
{
    public static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    public static OpenApiSchema OneOf(string description, params IEnumerable<string> values) =>
        new() { Type = JsonSchemaType.String, Description = description, Enum = [.. values.Select(v => (JsonNode)v)] };

    public static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Number, Description = description };

    public static OpenApiSchema Whole(string description) => new() { Type = JsonSchemaType.Integer, Description = description };

    public static OpenApiSchema Flag(string description) => new() { Type = JsonSchemaType.Boolean, Description = description };

    public static OpenApiSchema List(string description, OpenApiSchema item) => new() { Type = JsonSchemaType.Array, Description = description, Items = item };

    /// <summary>An object.</summary>
    /// <param name="description">What it is.</param>
    /// <param name="required">The names that are always there, or needed; separated by spaces.</param>
    /// <param name="properties">The properties.</param>
    public static OpenApiSchema Object(string description, string required, params (string Name, OpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = required.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
        Properties = properties.ToDictionary(p => p.Name, p => (IOpenApiSchema)p.Schema),
    };

    /// <summary>The object, with further properties before its own.</summary>
    public static OpenApiSchema With(this OpenApiSchema schema, string required, params (string Name, OpenApiSchema Schema)[] more)
    {
        OpenApiSchema first = Object(schema.Description!, required, more);
        return Object(schema.Description!, string.Join(' ', first.Required!.Concat(schema.Required!)),
            [.. more, .. schema.Properties!.Select(p => (p.Key, (OpenApiSchema)p.Value))]);
    }
}
