using Agents.Reasoning.Workflows;

namespace Agents.Hosting.Workflows;

/// <summary>Reads a workflow from a file, JSON by its extension, else YAML.</summary>
public static class WorkflowFile
{
    /// <summary>The document in a file.</summary>
    /// <exception cref="WorkflowException">Something is wrong with it; the exception lists all that is.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WorkflowDocument Load(string path)
    {
        if (new FileInfo(path).Length > 4L * WorkflowDocument.MaxLength)
            throw new WorkflowException([new WorkflowError("", $"The document is longer than {WorkflowDocument.MaxLength} characters.", null)]);
        string text = File.ReadAllText(path);
        return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? WorkflowDocument.Parse(text) : WorkflowDocument.Read(WorkflowYaml.Read(text));
    }
}
