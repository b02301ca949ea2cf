using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Agents.Reasoning.Workflows;

namespace Agents.Hosting.Workflows;

/// <summary>YAML documents of the core schema as JSON, under the same limits as workflows.</summary>
public static class YamlJson
{
    /// <summary>The JSON of a YAML document.</summary>
    /// <exception cref="WorkflowException">It is too long, nested too deeply, no YAML, or uses what is refused.</exception>
    public static string Of(string yaml)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, WorkflowYaml.Read(yaml));
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, WorkflowNode node)
    {
        switch (node)
        {
            case WorkflowMapping mapping:
                json.WriteStartObject();
                foreach (WorkflowMember member in mapping.Members)
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case WorkflowSequence sequence:
                json.WriteStartArray();
                foreach (WorkflowNode item in sequence.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case WorkflowScalar { Value: string text }:
                json.WriteStringValue(text);
                break;
            case WorkflowScalar { Value: double number }:
                json.WriteNumberValue(number);
                break;
            case WorkflowScalar { Value: bool truth }:
                json.WriteBooleanValue(truth);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
