using Agents.Reasoning.Sqlite;

namespace Agents.Server.Jobs;

/// <summary>A job in this process: in work, or waiting for its turn.</summary>
/// <param name="record">What is kept of it.</param>
/// <param name="caller">Whose it is.</param>
/// <param name="plan">Its run.</param>
/// <param name="kind">What it is a job of.</param>
/// <param name="approval">How long a person is waited for who approves the answer; null for no approval.</param>
internal sealed class Job(JobRecord record, Caller caller, RunPlan plan, IJobKind kind, TimeSpan? approval) : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobRecord Record => record;

    public Caller Caller => caller;

    public RunPlan Plan => plan;

    public IJobKind Kind => kind;

    public TimeSpan? Approval => approval;

    public JobFeed Feed { get; } = new();

    /// <summary>What it waits for, as JSON, once it does; else null.</summary>
    public string? Waiting { get; set; }

    /// <summary>Completes when a person has decided.</summary>
    public Task Decided => decided.Task;

    /// <summary>Says that a person's decision has been noted.</summary>
    public void Decide() => decided.TrySetResult();

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
