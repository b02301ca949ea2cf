using System.Text.Json;
using System.Threading.Channels;

namespace Agents.Reasoning;

/// <summary>
/// The in-process host: runs strategies on the reasoning loop with real parallelism below it. Thread-safe: one runner serves
/// many runs at once. A completion is journaled before it is delivered; abandoned calls are cancelled; no call outlives its run.
/// </summary>
/// <param name="models">Which model plays which role.</param>
/// <param name="journals">Where runs are journaled; null to run without a journal.</param>
/// <param name="samples">Where samples are kept across runs; null to keep none.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class ReasoningRunner(ReasoningModels models, IJournalStore? journals = null, ISampleStore? samples = null, TimeProvider? time = null)
{
    /// <summary>The journal's first entry: when the run began. It belongs to the host and is not delivered to the loop.</summary>
    private const string StartKey = "$start";

    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>
    /// How long one turn of a strategy may compute before the run fails as stuck: a turn waits for nothing, so only a blocking
    /// call (<c>.Result</c>) or an endless loop takes this long. Default 60 s.
    /// </summary>
    public TimeSpan TurnTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether what the journal holds is reported too, as if it happened now, and a completed run is replayed from it: for
    /// pictures of whole runs. Default false. Changes no result and asks nothing again.
    /// </summary>
    public bool ReportsReplay { get; init; }

    /// <summary>Runs a strategy, resuming where the run's journal ends; a completed run returns its recorded result.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="request">The question.</param>
    /// <param name="options">Identity, seed, limits; null for the defaults.</param>
    /// <param name="observer">Receives events, one at a time; must not block.</param>
    /// <param name="cancellationToken">Aborts the run; its journal stays and can be resumed.</param>
    /// <exception cref="StrategyContractException">The strategy broke a rule of the loop.</exception>
    /// <exception cref="JournalMismatchException">The journal of this run id belongs to another run.</exception>
    /// <exception cref="JournalLeaseException">Another process is writing this run's journal.</exception>
    public async Task<ReasoningResult> RunAsync(IReasoningStrategy strategy, ReasoningRequest request, RunOptions? options = null, Action<ReasoningEvent>? observer = null, CancellationToken cancellationToken = default)
    {
        options ??= new RunOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1);
        RunHeader header = RunHeaders.Of(strategy, request, options, models);
        if (journals is null)
            return await DriveAsync(strategy, request, options, null, observer, cancellationToken).ConfigureAwait(false);

        IRunJournal journal = await journals.OpenAsync(header with { Subject = RunSubject.Of(request, options, models) }, cancellationToken).ConfigureAwait(false);
        await using (journal.ConfigureAwait(false))
        {
            bool isComplete = journal.RecordedResult is not null;
            if (journal.RecordedResult is { } recorded && (!ReportsReplay || observer is null))
            {
                ReasoningResult known = JsonSerializer.Deserialize(recorded, ReasoningJson.Readable.ReasoningResult)!;
                observer?.Invoke(new RunCompleted(known));
                return known;
            }

            ReasoningResult result = await DriveAsync(strategy, request, options, journal, observer, cancellationToken).ConfigureAwait(false);
            if (!isComplete)
                await journal.CompleteAsync(JsonSerializer.Serialize(result, ReasoningJson.Readable.ReasoningResult), CancellationToken.None).ConfigureAwait(false);
            return result;
        }
    }

    private async Task<ReasoningResult> DriveAsync(IReasoningStrategy strategy, ReasoningRequest request, RunOptions options, IRunJournal? journal, Action<ReasoningEvent>? observer, CancellationToken cancellationToken)
    {
        var inbox = Channel.CreateUnbounded<InFlightCalls.Arrival>(new UnboundedChannelOptions { SingleReader = true });
        var start = journal is { Recorded: [var first, ..] } ? first : new JournalEntry(StartKey, new CallOutcome(), time.GetUtcNow().ToUnixTimeMilliseconds());
        var loop = new ReasoningLoop(new LoopSettings(options, DateTimeOffset.FromUnixTimeMilliseconds(start.At)) { Capabilities = role => models.For(role).Capabilities });
        loop.OnViolation = () => inbox.Writer.TryComplete(new StrategyContractException(loop.Violation!));

        using var stuck = new TurnWatchdog(loop, TurnTimeout, time);
        // Task.Run: the strategy's own computing must not happen on the caller's thread.
        Task<ReasoningResult> driving = Task.Run(DriveLoopAsync, CancellationToken.None);
        if (await Task.WhenAny(driving, stuck.Stuck).ConfigureAwait(false) == stuck.Stuck)
            await stuck.Stuck.ConfigureAwait(false);
        return await driving.ConfigureAwait(false);

        async Task<ReasoningResult> DriveLoopAsync()
        {
            var calls = new InFlightCalls(options.RunId, models, samples, options.MaxConcurrency, time, inbox.Writer);
            await using (calls.ConfigureAwait(false))
            {
                observer?.Invoke(new RunStarted(options.RunId, strategy.Description.Name, Math.Max(0, (journal?.Recorded.Count ?? 0) - 1)));
                Task<ReasoningResult> main = Resume(loop, strategy, request, journal, observer);
                var arrivals = new List<InFlightCalls.Arrival>();
                JournalEntry? unwritten = journal is { Recorded.Count: 0 } ? start : null;
                while (!main.IsCompleted)
                {
                    calls.Abandon(loop.TakeAbandoned());
                    calls.Start(loop.TakePending());
                    await TakeAsync(loop, inbox.Reader, arrivals, cancellationToken).ConfigureAwait(false);
                    JournalEntry[] entries = Entries(arrivals);
                    if (journal is not null)
                        await journal.AppendAsync(unwritten is null ? entries : [unwritten, .. entries], cancellationToken).ConfigureAwait(false);
                    unwritten = null;
                    Deliver(loop, calls, arrivals, entries, observer);
                }

                ReasoningResult result = await main.ConfigureAwait(false) with { Usage = loop.Usage, Rounds = loop.Rounds };
                observer?.Invoke(new RunCompleted(result));
                return result;
            }
        }
    }

    /// <summary>Starts the strategy and delivers what the journal holds; events are emitted only after that.</summary>
    private Task<ReasoningResult> Resume(ReasoningLoop loop, IReasoningStrategy strategy, ReasoningRequest request, IRunJournal? journal, Action<ReasoningEvent>? observer)
    {
        bool isNew = journal is null or { Recorded.Count: 0 };
        if (isNew || ReportsReplay)
            loop.Observer = observer;
        Task<ReasoningResult> main = loop.Start(context => strategy.RunAsync(context, request));
        if (isNew)
            return main;
        foreach (JournalEntry entry in journal!.Recorded.Where(e => e.Key != StartKey))
        {
            // A group of entries may have been journaled together of which the first few sufficed.
            if (loop.IsCompleted)
                break;
            // How long the call took is not journaled.
            if (ReportsReplay && entry.Key.Split('|') is [_, string role, _])
                observer?.Invoke(new CallFinished(entry.Key, role, entry.Outcome, 0) { At = entry.At });
            loop.Deliver(entry);
        }

        loop.Observer = observer;
        return main;
    }

    private static async ValueTask TakeAsync(ReasoningLoop loop, ChannelReader<InFlightCalls.Arrival> inbox, List<InFlightCalls.Arrival> arrivals, CancellationToken cancellationToken)
    {
        arrivals.Clear();
        try
        {
            arrivals.Add(await inbox.ReadAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (ChannelClosedException) when (loop.Violation is not null)
        {
            throw new StrategyContractException(loop.Violation);
        }

        while (inbox.TryRead(out InFlightCalls.Arrival more))
            arrivals.Add(more);
    }

    private JournalEntry[] Entries(List<InFlightCalls.Arrival> arrivals)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var entries = new JournalEntry[arrivals.Count];
        for (int i = 0; i < entries.Length; i++)
            entries[i] = new JournalEntry(arrivals[i].Call.Key, arrivals[i].Outcome, now);
        return entries;
    }

    private static void Deliver(ReasoningLoop loop, InFlightCalls calls, List<InFlightCalls.Arrival> arrivals, JournalEntry[] entries, Action<ReasoningEvent>? observer)
    {
        for (int i = 0; i < entries.Length && !loop.IsCompleted; i++)
        {
            calls.Arrived(entries[i].Key);
            if (observer is not null && arrivals[i].Call.Due is null)
                observer(new CallFinished(entries[i].Key, arrivals[i].Call.Role, arrivals[i].Outcome, arrivals[i].Milliseconds) { At = entries[i].At });
            loop.Deliver(entries[i]);
        }
    }
}
