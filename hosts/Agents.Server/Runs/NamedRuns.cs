using Agents.Reasoning;
using Agents.Reasoning.Sqlite;

namespace Agents.Server;

/// <summary>
/// Runs that clients named by an idempotency key: equal requests share one run while it is in work, and its recorded result
/// afterwards, also after a restart. A run that failed is forgotten, so that a retry tries again. Thread-safe.
/// </summary>
internal sealed class NamedRuns(ServerState state)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SharedRun> inWork = new(StringComparer.Ordinal);

    /// <summary>The run id that a key names for its caller.</summary>
    /// <exception cref="ApiException">The key came before with another body.</exception>
    public async Task<string> IdOfAsync(Caller caller, string key, string bodyHash)
    {
        NamedRun named = await state.Jobs.NameAsync(caller.Name, key, new NamedRun(bodyHash, IdempotencyKey.NewRunId()));
        return named.BodyHash == bodyHash ? named.RunId
            : throw new ApiException(422, "invalid_request_error", "This Idempotency-Key came before with another request.", "Idempotency-Key", "idempotency_key_reused");
    }

    /// <summary>Joins the run of this id, or begins it. It is cancelled once nobody waits for it any more.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="run">Carries the run out, journaled.</param>
    /// <param name="cancellationToken">This client has gone.</param>
    public async Task<ReasoningResult> JoinAsync(string runId, Func<CancellationToken, Task<ReasoningResult>> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            SharedRun shared;
            lock (gate)
            {
                if (!inWork.TryGetValue(runId, out shared!))
                {
                    inWork.Add(runId, shared = new SharedRun());
                    shared.Task = CarryOutAsync(runId, shared, run);
                }

                shared.Waiting++;
            }

            try
            {
                return await shared.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Everyone else had left when this client came: the run is begun again, and goes on from its journal.
            }
            finally
            {
                Leave(shared);
            }
        }
    }

    private void Leave(SharedRun shared)
    {
        lock (gate)
        {
            if (--shared.Waiting == 0)
                shared.Abandoned.Cancel();
        }
    }

    private async Task<ReasoningResult> CarryOutAsync(string runId, SharedRun shared, Func<CancellationToken, Task<ReasoningResult>> run)
    {
        // Not under the lock that the caller holds.
        await Task.Yield();
        try
        {
            ReasoningResult result = await run(shared.Abandoned.Token);
            if (result.Answer is null)
                await state.Journals.DeleteAsync(runId);
            return result;
        }
        finally
        {
            lock (gate)
                inWork.Remove(runId);
        }
    }

    private sealed class SharedRun
    {
        public Task<ReasoningResult> Task { get; set; } = null!;

        public CancellationTokenSource Abandoned { get; } = new();

        public int Waiting { get; set; }
    }
}
