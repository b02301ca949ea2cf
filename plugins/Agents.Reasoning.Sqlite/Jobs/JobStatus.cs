namespace Agents.Reasoning.Sqlite;

/// <summary>Where a job stands. The numbers are those of the database.</summary>
public enum JobStatus
{
    /// <summary>Accepted, not yet begun.</summary>
    Pending = 0,

    /// <summary>In work, or cut off by the end of its process.</summary>
    Running = 1,

    /// <summary>Ended with a result.</summary>
    Completed = 2,

    /// <summary>Ended with an error.</summary>
    Failed = 3,

    /// <summary>Ended by its owner.</summary>
    Terminated = 4,
}
