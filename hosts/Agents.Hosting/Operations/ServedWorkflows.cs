using Agents.Hosting.Requests;
using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;

namespace Agents.Hosting.Operations;

/// <summary>The workflows that requests can ask for by name: the operator's documents, read and checked once. Immutable, thread-safe.</summary>
public sealed class ServedWorkflows
{
    private readonly SortedDictionary<string, IReasoningStrategy> workflows = new(StringComparer.Ordinal);

    /// <summary>No workflow.</summary>
    public static ServedWorkflows None { get; } = new();

    private ServedWorkflows()
    {
    }

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => workflows.Keys;

    /// <summary>Reads every document of a folder, JSON and YAML. One without a name goes by its file's.</summary>
    /// <param name="folder">The folder; null for no workflow.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">A document is wrong, or two have one name. The message says which and what.</exception>
    public static ServedWorkflows Load(string? folder)
    {
        if (folder is null)
            return None;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder of workflows '{folder}'.");
        var read = new ServedWorkflows();
        foreach (string file in Directory.EnumerateFiles(folder).Where(IsDocument).Order(StringComparer.Ordinal))
            read.Add(file);
        return read;
    }

    /// <summary>The workflow of this name.</summary>
    /// <exception cref="ApiException">There is none; the message names the nearest.</exception>
    public IReasoningStrategy Find(string name)
    {
        if (workflows.TryGetValue(name, out IReasoningStrategy? found))
            return found;
        string[] near = NearMatches.Of(Parameters.Shown(name), Names);
        string hint = near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : Names.Count > 0 ? $"There are: {string.Join(", ", Names)}." : "None is configured.";
        throw ApiException.NotFound($"There is no workflow '{Parameters.Shown(name)}'. {hint}", "workflow_not_found");
    }

    private static bool IsDocument(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".json" or ".yaml" or ".yml" && !file.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase);

    private void Add(string file)
    {
        WorkflowDocument document;
        try
        {
            document = WorkflowFile.Load(file);
        }
        catch (WorkflowException e)
        {
            throw new ArgumentException($"{file}: {string.Join(" ", e.Errors)}", e);
        }

        string name = document.Name ?? Path.GetFileNameWithoutExtension(file);
        if (!workflows.TryAdd(name, document.Build()))
            throw new ArgumentException($"{file}: there is another workflow named '{name}' in this folder.");
    }
}
