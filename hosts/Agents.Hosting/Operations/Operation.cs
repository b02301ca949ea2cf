namespace Agents.Hosting.Operations;

/// <summary>What can be asked for over HTTP, by the end of its address: <c>POST /api/OPERATION</c>.</summary>
public static class Operation
{
    /// <summary>A question to a strategy or a workflow that stands in the request.</summary>
    public const string Reason = "reason";

    /// <summary>Samples of a question, each with its answer.</summary>
    public const string Sample = "sample";

    /// <summary>Verdicts on given solutions.</summary>
    public const string Verify = "verify";

    /// <summary>The vote over given solutions. It asks no model.</summary>
    public const string Vote = "vote";

    /// <summary>A given solution, revised by what a verifier finds in it.</summary>
    public const string Refine = "refine";

    /// <summary>What the operation of a named workflow begins with.</summary>
    public const string WorkflowPrefix = "workflows/";

    /// <summary>The steps of a workflow as operations of their own.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Sample, Verify, Vote, Refine];

    /// <summary>The operation of the workflow of this name.</summary>
    public static string Workflow(string name) => WorkflowPrefix + name;
}
