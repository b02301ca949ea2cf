using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Workflows;
using Agents.Reasoning.Workflows;
using Agents.Testing;

namespace Agents.Hosting.Tests.Workflows;

/// <summary>The reader and the schema of the repository agree on every document of the corpus.</summary>
public sealed class WorkflowCorpusTests
{
    private static readonly JsonSchemaCheck schema = new(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(RepositoryRoot.At("workflows/workflow.schema.json"))));

    public static TheoryData<string> Good => [.. WorkflowCorpus.Good, .. Shipped.Select(File.ReadAllText)];

    public static TheoryData<string, string, string> Bad
    {
        get
        {
            var bad = new TheoryData<string, string, string>();
            foreach ((string yaml, string path, string said) in WorkflowCorpus.Bad)
                bad.Add(yaml, path, said);
            return bad;
        }
    }

    private static IEnumerable<string> Shipped => Directory.GetFiles(RepositoryRoot.At("workflows")).Where(f => Path.GetExtension(f) != ".md" && !f.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [Theory, MemberData(nameof(Good))]
    public void GoodDocument_IsAcceptedByReaderAndSchema_InYamlAndJson(string yaml)
    {
        WorkflowNode node = WorkflowYaml.Read(yaml);
        string json = Json(node)!.ToJsonString();
        Assert.Equal(WorkflowDocument.Read(node).Build().Fingerprint, WorkflowDocument.Parse(json).Build().Fingerprint);
        Assert.True(schema.Holds(JsonSerializer.Deserialize<JsonElement>(json)), json);
    }

    [Theory, MemberData(nameof(Bad))]
    public void BadDocument_IsRefusedByReaderAndSchema_WithItsPlace(string yaml, string path, string said)
    {
        WorkflowNode node = WorkflowYaml.Read(yaml);
        WorkflowException refused = Assert.Throws<WorkflowException>(() => WorkflowDocument.Read(node));
        Assert.Contains(refused.Errors, e => e.Path == path && e.Message.Contains(said, StringComparison.Ordinal) && e.Line is not null);
        // JSON has no infinity; the overflowing literal is what JSON would say.
        string json = yaml.Contains("1e999", StringComparison.Ordinal) ? """{"strategy":"self-consistency","samples":1e999}""" : Json(node)?.ToJsonString() ?? "null";
        Assert.Equal(path, Assert.Throws<WorkflowException>(() => WorkflowDocument.Parse(json)).Errors[0].Path);
        Assert.False(schema.Holds(JsonSerializer.Deserialize<JsonElement>(json)), json);
    }

    [Fact]
    public void SchemaOfTheRepository_IsTheOneOfTheReader() =>
        Assert.True(File.ReadAllText(RepositoryRoot.At("workflows/workflow.schema.json")).ReplaceLineEndings("\n") == WorkflowSchema.Text,
            "workflows/workflow.schema.json is not what the tables say. Write it anew: dotnet run -c Release --project hosts/Agents.Cli -- workflow --schema > workflows/workflow.schema.json");

    [Fact]
    public void Fingerprints_TellAllGoodDocumentsApart()
    {
        string[] fingerprints = [.. WorkflowCorpus.Good.Concat(Shipped.Select(File.ReadAllText)).Select(row => WorkflowDocument.Read(WorkflowYaml.Read(row)).Build().Fingerprint)];
        // "steps" with one strategy is that strategy.
        Assert.Equal(fingerprints.Length - 1, fingerprints.Distinct(StringComparer.Ordinal).Count());
    }

    private static JsonNode? Json(WorkflowNode node) => node switch
    {
        WorkflowMapping mapping => new JsonObject(mapping.Members.Select(m => KeyValuePair.Create(m.Name, Json(m.Value)))),
        WorkflowSequence sequence => new JsonArray([.. sequence.Items.Select(Json)]),
        WorkflowScalar { Value: string text } => JsonValue.Create(text),
        WorkflowScalar { Value: double number } => double.IsFinite(number) ? JsonValue.Create(number) : null,
        WorkflowScalar { Value: bool flag } => JsonValue.Create(flag),
        _ => null,
    };
}
