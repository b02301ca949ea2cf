namespace Agents.Reasoning.Workflows;

/// <summary>What is wrong with a workflow document, and where.</summary>
/// <param name="Path">The place, such as <c>steps[1].verifier.votes</c>; empty for the document as a whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Line">The line, from 1; null where the format tells none.</param>
public sealed record WorkflowError(string Path, string Message, int? Line)
{
    /// <summary>The error in one line.</summary>
    public override string ToString() => $"{(Line is { } line ? $"line {line}: " : "")}{(Path.Length > 0 ? Path + ": " : "")}{Message}";
}

/// <summary>A workflow document that cannot be used, with everything that is wrong with it.</summary>
/// <param name="errors">The errors, at least one, in the order of the document.</param>
public sealed class WorkflowException(IReadOnlyList<WorkflowError> errors) : FormatException(string.Join('\n', errors))
{
    /// <summary>The errors.</summary>
    public IReadOnlyList<WorkflowError> Errors => errors;
}
