using System.Text.Json;

namespace Agents.Reasoning.Workflows;

/// <summary>A verifier as data, in the words of workflow documents: a name, a judge with its settings, or an ensemble of others.</summary>
public static class VerifierDocument
{
    /// <summary>The verifier that stands in other JSON, such as a request's body.</summary>
    /// <param name="json">The value.</param>
    /// <param name="path">Its place, for messages.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="WorkflowException">Something is wrong with it; the exception lists all that is.</exception>
    public static IVerifier Read(JsonElement json, string path, PromptCatalogue? prompts = null)
    {
        var faults = new WorkflowFaults();
        Func<PromptCatalogue, IVerifier>? build = new VerifierReader(faults, new HashSet<string>(StringComparer.Ordinal)).Read(WorkflowJson.Read(json.GetRawText()), path);
        return build is not null && faults.Errors.Count == 0 ? build(prompts ?? PromptCatalogue.Shipped) : throw new WorkflowException(faults.Errors);
    }
}
