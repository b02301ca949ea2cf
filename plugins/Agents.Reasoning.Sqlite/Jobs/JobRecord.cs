namespace Agents.Reasoning.Sqlite;

/// <summary>A run that a host keeps on behalf of someone who may come back for it later.</summary>
/// <param name="Id">The job's identity, also the run id of its journal.</param>
/// <param name="Owner">Who may see it: the name of a key, never the key.</param>
/// <param name="Request">What was asked, as the host's JSON.</param>
/// <param name="Created">When, in milliseconds since the Unix epoch.</param>
public sealed record JobRecord(string Id, string Owner, string Request, long Created)
{
    /// <summary>Where it stands.</summary>
    public JobStatus Status { get; init; }

    /// <summary>When that was noted, in milliseconds since the Unix epoch.</summary>
    public long Updated { get; init; } = Created;

    /// <summary>The result's or the error's JSON once it has ended; null before, and for a terminated job.</summary>
    public string? Output { get; init; }

    /// <summary>True once nothing more will happen.</summary>
    public bool HasEnded => Status >= JobStatus.Completed;
}

/// <summary>A request that its sender named by an idempotency key.</summary>
/// <param name="BodyHash">The hash of its body.</param>
/// <param name="RunId">The run that answers it.</param>
public sealed record NamedRun(string BodyHash, string RunId);
