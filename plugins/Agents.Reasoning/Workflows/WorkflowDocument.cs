using System.Text.Json;

namespace Agents.Reasoning.Workflows;

/// <summary>
/// A workflow: a strategy composed of others, written down as data in the vocabulary of the C# composition. A document chooses
/// among strategies, verifiers, settings and roles that are there; nothing in it is run, loaded or called, so that one may come
/// by HTTP. Models are the host's business: a document names roles. Read completely or not at all; immutable, thread-safe.
/// </summary>
public sealed class WorkflowDocument
{
    /// <summary>The most characters of a document.</summary>
    public const int MaxLength = 65_536;

    /// <summary>How deep a document may nest.</summary>
    public const int MaxDepth = 32;

    private readonly Func<PromptCatalogue, IReasoningStrategy> build;

    internal WorkflowDocument(string? name, string? description, bool limitsCost, IReadOnlyList<string> roles, Func<PromptCatalogue, IReasoningStrategy> build)
    {
        Name = name;
        Description = description;
        LimitsCost = limitsCost;
        Roles = roles;
        this.build = build;
    }

    /// <summary>Its name, or null where it has none.</summary>
    public string? Name { get; }

    /// <summary>What it is for, or null.</summary>
    public string? Description { get; }

    /// <summary>Whether a part of it limits cost: the host must then declare prices.</summary>
    public bool LimitsCost { get; }

    /// <summary>The roles that it names, in ordinal order. A role to which the host gives no model of its own is played by the default one.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>Reads a JSON document.</summary>
    /// <exception cref="WorkflowException">Something is wrong with it; the exception lists all that is.</exception>
    public static WorkflowDocument Parse(string json) => Read(WorkflowJson.Read(json));

    /// <summary>Reads a document that stands in other JSON, such as a request's body.</summary>
    /// <exception cref="WorkflowException">Something is wrong with it; the exception lists all that is.</exception>
    public static WorkflowDocument Read(JsonElement json) => Parse(json.GetRawText());

    /// <summary>Reads a document from its nodes.</summary>
    /// <exception cref="WorkflowException">Something is wrong with it; the exception lists all that is.</exception>
    public static WorkflowDocument Read(WorkflowNode root)
    {
        var faults = new WorkflowFaults();
        WorkflowDocument? document = new WorkflowReader(faults).Document(root);
        return faults.Errors.Count == 0 ? document! : throw new WorkflowException(faults.Errors);
    }

    /// <summary>The strategy that the document describes. Its fingerprint covers all that decides what is asked.</summary>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    public IReasoningStrategy Build(PromptCatalogue? prompts = null) => build(prompts ?? PromptCatalogue.Shipped);
}
