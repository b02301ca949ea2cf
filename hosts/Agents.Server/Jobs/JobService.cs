using System.Collections.Concurrent;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Jobs;

/// <summary>
/// Carries jobs out in the background and takes up again, when the server starts, those that an earlier process left: their
/// journals hold what was paid for, so no journaled call is repeated. Thread-safe.
/// </summary>
internal sealed class JobService(ServerOptions options, ServerState state, IEnumerable<IJobKind> kinds, RunService runs, JobApprovals approvals, CallerRegister callers, TimeProvider time, ILogger<JobService> log) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(options.MaxBackgroundJobs);

    /// <summary>Accepts a job and begins it.</summary>
    /// <exception cref="ApiException">The caller has too many, or the question cannot be run.</exception>
    public async Task<Job> StartAsync(string operation, JsonElement body, Caller caller, string id)
    {
        IJobKind kind = KindOf(operation);
        (RunPlan plan, TimeSpan? approval) = kind.Plan(operation, body, id, caller.Limits);
        if (jobs.Values.Count(j => j.Caller == caller) >= caller.Limits.MaxJobs)
            throw ApiException.TooMany($"'{caller.Name}' has {caller.Limits.MaxJobs} jobs waiting or in work, as many as it may.", "jobs", TimeSpan.FromSeconds(5));
        var record = new JobRecord(id, caller.Name, RunTicket.Write(operation, body, plan.Options.Limits), time.GetUtcNow().ToUnixTimeMilliseconds());
        await state.Jobs.AddAsync(record);
        return Begin(new Job(record, caller, plan, kind, approval));
    }

    /// <summary>The job of this id in this process, or null; only its owner's.</summary>
    public Job? Find(string id, Caller caller) => jobs.TryGetValue(id, out Job? job) && job.Caller.Name == caller.Name ? job : null;

    /// <summary>Takes up what is not ended.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (JobRecord record in state.Jobs.Unfinished())
            Resume(record);
        return Task.CompletedTask;
    }

    /// <summary>Stops what is in work; it goes on when the server starts again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Job[] open = [.. jobs.Values];
        foreach (Job job in open)
            job.Suspend();
        await Task.WhenAll(open.Select(j => j.Completion));
    }

    public void Dispose() => slots.Dispose();

    private IJobKind KindOf(string operation) => kinds.FirstOrDefault(k => k.Takes(operation)) ?? throw ApiException.NotFound($"There is no operation '{Parameters.Shown(operation)}'.", "unknown_url");

    private void Resume(JobRecord record)
    {
        IJobKind? kind = null;
        try
        {
            Caller caller = callers.Named(record.Owner) ?? throw ApiException.NotFound($"The key '{record.Owner}' is not configured any more.");
            (string operation, JsonElement body, BudgetLimits limits) = RunTicket.Read(record.Request);
            kind = KindOf(operation);
            (RunPlan plan, TimeSpan? approval) = kind.Plan(operation, body, record.Id, caller.Limits);
            Begin(new Job(record, caller, plan with { Options = plan.Options with { Limits = limits } }, kind, approval));
        }
        catch (ApiException e)
        {
            log.LogWarning("Job {JobId} of {Caller} cannot be taken up again: {Code}", record.Id, record.Owner, e.Code);
            _ = state.Jobs.UpdateAsync(record.Id, JobStatus.Failed, kind?.Failed(record, e) ?? System.Text.Encoding.UTF8.GetString(ErrorJson.Problem(e)));
        }
    }

    private Job Begin(Job job)
    {
        jobs[job.Record.Id] = job;
        job.Completion = Task.Run(() => CarryOutAsync(job));
        return job;
    }

    private async Task CarryOutAsync(Job job)
    {
        string id = job.Record.Id;
        try
        {
            ReasoningResult result;
            await slots.WaitAsync(job.Cancelled);
            try
            {
                await state.Jobs.UpdateAsync(id, JobStatus.Running);
                result = await runs.RunAsync(job.Plan, job.Caller, state.Journals, job.Feed.Add, job.Cancelled);
            }
            finally
            {
                slots.Release();
            }

            // A person may take days: nothing but the record is held for that.
            JsonElement? approval = job.Approval is { } wait && result.Answer is not null ? await approvals.WaitAsync(job, result, wait) : null;
            (JobStatus status, string output) = job.Kind.Ended(job.Record, job.Plan, result, approval);
            await state.Jobs.UpdateAsync(id, status, output);
        }
        catch (OperationCanceledException)
        {
            if (job.IsTerminated)
                await state.Jobs.UpdateAsync(id, JobStatus.Terminated);
        }
        catch (ApiException e)
        {
            await state.Jobs.UpdateAsync(id, JobStatus.Failed, job.Kind.Failed(job.Record, e));
        }
        catch (Exception e)
        {
            // Nobody awaits a job: what went wrong is its output. Messages of ours are for the owner; others stay in the log.
            bool isOurs = e is JournalMismatchException or JournalLeaseException or StrategyContractException;
            log.LogError("Job {JobId} failed with {ErrorType} at {Stack}", id, e.GetType().FullName, e.StackTrace);
            var error = new ApiException(500, "server_error", isOurs ? e.Message : $"The server failed; its log says more under {id}.", null, "internal_error");
            await state.Jobs.UpdateAsync(id, JobStatus.Failed, job.Kind.Failed(job.Record, error));
        }
        finally
        {
            jobs.TryRemove(id, out _);
            job.Feed.End();
        }
    }
}
