using System.Text.Json;

namespace Agents.Reasoning.Workflows;

/// <summary>Reads the nodes of a JSON document.</summary>
internal static class WorkflowJson
{
    /// <summary>The nodes of a document.</summary>
    /// <exception cref="WorkflowException">It is too long or nested too deeply, or no JSON.</exception>
    public static WorkflowNode Read(string json)
    {
        if (json.Length > WorkflowDocument.MaxLength)
            throw new WorkflowException([new WorkflowError("", $"The document is longer than {WorkflowDocument.MaxLength} characters.", null)]);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = WorkflowDocument.MaxDepth });
            return Node(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new WorkflowException([new WorkflowError("", $"The document is no JSON that can be read: {e.Message}", (int?)(e.LineNumber + 1))]);
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, escaped: JSON by its grammar, but no text.
            throw new WorkflowException([new WorkflowError("", $"The document holds text that is none: {e.Message}", null)]);
        }
    }

    /// <summary>The nodes of an element.</summary>
    public static WorkflowNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new WorkflowMapping([.. element.EnumerateObject().Select(p => new WorkflowMember(p.Name, Node(p.Value), null))], null),
        JsonValueKind.Array => new WorkflowSequence([.. element.EnumerateArray().Select(Node)], null),
        JsonValueKind.Number => new WorkflowScalar(element.GetDouble(), null),
        JsonValueKind.True => new WorkflowScalar(true, null),
        JsonValueKind.False => new WorkflowScalar(false, null),
        JsonValueKind.String => new WorkflowScalar(element.GetString(), null),
        _ => new WorkflowScalar(null, null),
    };
}
