namespace Agents.Reasoning.Workflows;

/// <summary>
/// A workflow document as read, before anything in it is believed: mappings, sequences and single values. JSON and YAML give
/// the same nodes; YAML gives their lines as well. A closed family.
/// </summary>
/// <param name="Line">The line where it begins, from 1; null where the format tells none.</param>
public abstract record WorkflowNode(int? Line);

/// <summary>Names and values, in the order of the document; a name that stands twice is there twice.</summary>
/// <param name="Members">The members.</param>
/// <param name="Line">The line where it begins.</param>
public sealed record WorkflowMapping(IReadOnlyList<WorkflowMember> Members, int? Line) : WorkflowNode(Line);

/// <summary>A name and its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="Line">The line of the name.</param>
public sealed record WorkflowMember(string Name, WorkflowNode Value, int? Line);

/// <summary>Values in order.</summary>
/// <param name="Items">The values.</param>
/// <param name="Line">The line where it begins.</param>
public sealed record WorkflowSequence(IReadOnlyList<WorkflowNode> Items, int? Line) : WorkflowNode(Line);

/// <summary>A single value.</summary>
/// <param name="Value">A <see cref="string"/>, a <see cref="double"/>, a <see cref="bool"/>, or null.</param>
/// <param name="Line">Its line.</param>
public sealed record WorkflowScalar(object? Value, int? Line) : WorkflowNode(Line);
