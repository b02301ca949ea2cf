using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Agents.Reasoning.Workflows;

/// <summary>
/// The JSON Schema (draft 2020-12) of workflow documents, written from the tables by which they are read. It is the file
/// <c>workflows/workflow.schema.json</c> of the repository, for editors and clients.
/// </summary>
public static partial class WorkflowSchema
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text, ending with a line feed.</summary>
    public static string Text { get; } = OneMember().Replace(Schema().ToJsonString(indented), "{ $1 }") + "\n";

    private static JsonObject Schema() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "A workflow of reasoning strategies",
        ["description"] = "One strategy, or steps: a strategy first, then what is joined to it.",
        ["anyOf"] = new JsonArray([.. WorkflowVocabulary.Strategies.Select(name => Strategy(name, isRoot: true)), Chain(isRoot: true)]),
        ["$defs"] = new JsonObject
        {
            ["part"] = new JsonObject { ["anyOf"] = new JsonArray(Ref("strategy"), Chain(isRoot: false)) },
            ["strategy"] = new JsonObject { ["anyOf"] = new JsonArray([.. WorkflowVocabulary.Strategies.Select(name => Strategy(name, isRoot: false))]) },
            ["join"] = new JsonObject { ["anyOf"] = new JsonArray([.. WorkflowVocabulary.Joins.Select(Join)]) },
            ["verifier"] = new JsonObject { ["anyOf"] = new JsonArray([Plain(), .. WorkflowVocabulary.Verifiers.Select(Verifier), Ensemble()]) },
            ["role"] = new JsonObject { ["type"] = "string", ["pattern"] = WorkflowVocabulary.RolePattern },
            ["roles"] = new JsonObject
            {
                ["type"] = "object", ["minProperties"] = 1, ["maxProperties"] = WorkflowVocabulary.MaxMembers,
                ["propertyNames"] = Ref("role"), ["additionalProperties"] = Ref("role"),
            },
            ["settings"] = new JsonObject(StrategyCatalogue.Descriptions
                .SelectMany(d => StrategyCatalogue.SettingsOf(d.Name)).Distinct().OrderBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => KeyValuePair.Create(s.Name, (JsonNode?)Described(s)))),
        },
    };

    private static JsonObject Strategy(string name, bool isRoot)
    {
        JsonObject schema = Object([("strategy", Const(name)), .. StrategyCatalogue.SettingsOf(name).Select(s => (s.Name, Ref("settings/" + s.Name))), ("roles", Ref("roles")), .. isRoot ? Head() : []], "strategy");
        schema["description"] = StrategyCatalogue.Descriptions.Single(d => d.Name == name).Idea;
        return schema;
    }

    private static JsonObject Chain(bool isRoot) => Object(
        [
            ("steps", new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = WorkflowVocabulary.MaxSteps, ["prefixItems"] = new JsonArray(Ref("strategy")), ["items"] = Ref("join") }),
            .. isRoot ? Head() : [],
        ],
        "steps");

    private static (string, JsonObject)[] Head() =>
    [
        ("name", new JsonObject { ["type"] = "string", ["pattern"] = WorkflowVocabulary.NamePattern, ["not"] = new JsonObject { ["enum"] = Array(WorkflowVocabulary.Strategies) } }),
        ("description", new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = WorkflowVocabulary.MaxTextLength }),
    ];

    private static JsonObject Join(string join) => join switch
    {
        "escalateTo" => Object([(join, Ref("part")), .. Settings([WorkflowVocabulary.Confidence])], join),
        "verifiedBy" => Object([(join, Ref("verifier")), .. Settings(WorkflowVocabulary.VerifiedBy)], join),
        "refine" => Object([(join, Object([("verifier", Ref("verifier")), .. Settings(WorkflowVocabulary.Refine)], "verifier"))], join),
        "withBudget" => Object([(join, Budget())], join),
        "withRoles" => Object([(join, Ref("roles"))], join),
        _ => Object([(join, Ref("part"))], join),
    };

    private static JsonObject Budget()
    {
        JsonObject budget = Object([.. Settings(WorkflowVocabulary.Budget)]);
        budget["minProperties"] = 1;
        return budget;
    }

    private static JsonObject Plain() => new() { ["enum"] = Array(WorkflowVocabulary.Verifiers) };

    private static JsonObject Verifier(string name) => Object([("name", Const(name)), .. name == "llm-judge" ? Settings(WorkflowVocabulary.Judge) : []], "name");

    private static JsonObject Ensemble()
    {
        (string, JsonObject)[] settings = [.. Settings(WorkflowVocabulary.Member).Select(s => s.Item1 == "weight" ? s : (s.Item1, OrNull(s.Item2)))];
        JsonObject member = Object([("verifier", Ref("verifier")), .. settings], "verifier");
        var items = new JsonObject { ["anyOf"] = new JsonArray(Ref("verifier"), member) };
        return Object(
            [
                ("ensemble", new JsonObject { ["enum"] = Array(WorkflowVocabulary.EnsembleRules) }),
                ("members", new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = WorkflowVocabulary.MaxMembers, ["items"] = items }),
            ],
            "ensemble", "members");
    }

    private static JsonObject OrNull(JsonObject number) => new() { ["anyOf"] = new JsonArray(number, new JsonObject { ["type"] = "null" }) };

    private static IEnumerable<(string, JsonObject)> Settings(IReadOnlyList<StrategySetting> settings) => settings.Select(s => (s.Name, Described(s)));

    private static JsonObject Described(StrategySetting setting)
    {
        JsonObject schema = Value(setting);
        schema["description"] = setting.Idea;
        return schema;
    }

    private static JsonObject Value(StrategySetting setting) => setting.Kind switch
    {
        SettingKind.Integer or SettingKind.Number => Number(setting),
        SettingKind.Choice => new JsonObject { ["enum"] = Array(setting.Choices) },
        SettingKind.Verifier => Ref("verifier"),
        SettingKind.Role => Ref("role"),
        SettingKind.Roles => List(Ref("role")),
        SettingKind.Integers => List(Number(setting)),
        _ => List(Object([("role", Ref("role")), ("samples", Number(setting))], "role", "samples")),
    };

    private static JsonObject Number(StrategySetting range)
    {
        var schema = new JsonObject { ["type"] = range.Kind == SettingKind.Number ? "number" : "integer" };
        if (range.Min is { } min)
            schema[range.IsMinExcluded ? "exclusiveMinimum" : "minimum"] = min;
        if (range.Max is { } max)
            schema[range.IsMaxExcluded ? "exclusiveMaximum" : "maximum"] = max;
        return schema;
    }

    private static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = WorkflowVocabulary.MaxMembers, ["items"] = item };

    private static JsonObject Object(IEnumerable<(string Name, JsonObject Schema)> properties, params IReadOnlyList<string> required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Schema))), ["additionalProperties"] = false };
        if (required.Count > 0)
            schema["required"] = Array(required);
        return schema;
    }

    private static JsonArray Array(IReadOnlyList<string> names) => [.. names.Select(n => JsonValue.Create(n))];

    private static JsonObject Const(string name) => new() { ["const"] = name };

    // An object of one member takes one line: most of the schema is references.
    [GeneratedRegex(@"\{\s+(""[^""\n]+"": [^\n\[{]+)\n\s*\}")]
    private static partial Regex OneMember();

    private static JsonObject Ref(string definition) => new() { ["$ref"] = "#/$defs/" + definition };
}
