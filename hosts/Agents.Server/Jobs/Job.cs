using Agents.Reasoning.Sqlite;

namespace Agents.Server.Jobs;

/// <summary>A job in this process: in work, or waiting for its turn.</summary>
internal sealed class Job(JobRecord record, Caller caller, RunPlan plan) : IDisposable
{
    private readonly CancellationTokenSource ended = new();

    public JobRecord Record => record;

    public Caller Caller => caller;

    public RunPlan Plan => plan;

    public JobFeed Feed { get; } = new();

    /// <summary>Completes when the job has ended and that is recorded. Never fails.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Cancelled when the job is to end: by its owner, or with the server.</summary>
    public CancellationToken Cancelled => ended.Token;

    /// <summary>Whether the owner ended it: a job that ends with the server goes on after a restart.</summary>
    public bool IsTerminated { get; private set; }

    public void Terminate()
    {
        IsTerminated = true;
        ended.Cancel();
    }

    public void Suspend() => ended.Cancel();

    public void Dispose() => ended.Dispose();
}
