using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>
/// A durable engine in small: runs an orchestration from its beginning after each event and gives it its history again, one event
/// at a time, in the order in which things ended. What an execution asks for that the history does not hold is carried out once.
/// Single-threaded; a seed decides what ends next.
/// </summary>
/// <param name="model">The outcome of an activity: the call and the attempt at it.</param>
/// <param name="order">The seed of the order.</param>
public sealed class ReplayedOrchestration(Func<ModelCall, int, CallOutcome> model, int order)
{
    private readonly Random random = new(order);
    private readonly List<Ended> history = [];
    private readonly Dictionary<int, Asked> open = [];
    private DateTimeOffset clock = DateTimeOffset.UnixEpoch;

    /// <summary>The keys and attempts of the activities carried out, in order.</summary>
    public List<(string Key, int Attempt)> Activities { get; } = [];

    /// <summary>The keys that were cancelled, in order.</summary>
    public List<string> Cancelled { get; } = [];

    /// <summary>The last status shown in the latest execution, after each event.</summary>
    public List<OrchestrationStatus?> Statuses { get; } = [];

    /// <summary>How often the orchestration was executed.</summary>
    public int Executions { get; private set; }

    /// <summary>What the history holds in place of the key of a call; null for the key itself.</summary>
    public Func<string, string>? Misfiled { get; init; }

    /// <summary>Activities that end only when they are cancelled.</summary>
    public Func<ModelCall, bool> Hangs { get; init; } = static _ => false;

    /// <summary>Runs an orchestration to its end.</summary>
    /// <exception cref="InvalidOperationException">It waits for nothing that could end.</exception>
    public async Task<T> RunAsync<T>(Func<IOrchestration, Task<T>> orchestrate)
    {
        while (true)
        {
            Task<T> execution = Execute(orchestrate);
            if (execution.IsCompleted)
                return await execution;
            EndNext();
        }
    }

    private Task<T> Execute<T>(Func<IOrchestration, Task<T>> orchestrate)
    {
        Executions++;
        var execution = new Execution(this);
        SynchronizationContext? outer = SynchronizationContext.Current;
        // Continuations run where their task completes: on this thread, within the delivery of the event.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task<T> task = orchestrate(execution);
            foreach (Ended ended in history.TakeWhile(_ => !task.IsCompleted))
                execution.Deliver(ended);
            Statuses.Add(execution.Status);
            return task;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void EndNext()
    {
        // A timer ends only when nothing else can: else any order could time out.
        List<Asked> calls = [.. open.Values.Where(a => a.Due is null && !(a.Call is { } call && Hangs(call) && !Cancelled.Contains(call.Key)))];
        Asked next = calls.Count > 0 ? calls[random.Next(calls.Count)]
            : open.Values.Where(a => a.Due is not null).MinBy(a => a.Due) ?? throw new InvalidOperationException("The orchestration waits for nothing that could end.");
        open.Remove(next.Id);
        clock = next.Due is { } due && due > clock ? due : clock.AddMilliseconds(1);
        SampleDelivery? delivery = null;
        if (next.Call is { } made)
        {
            Activities.Add((made.Key, next.Attempt));
            delivery = new SampleDelivery(Misfiled?.Invoke(made.Key) ?? made.Key, Cancelled.Contains(made.Key) ? CallOutcome.Failed(CallFailureKind.Other, "cancelled") : model(made, next.Attempt));
        }

        Cancelled.AddRange(next.Keys);
        history.Add(new Ended(next.Id, delivery, clock));
    }

    private sealed record Asked(int Id, ModelCall? Call, int Attempt, DateTimeOffset? Due, IReadOnlyList<string> Keys);

    private sealed record Ended(int Id, SampleDelivery? Delivery, DateTimeOffset At);

    /// <summary>One execution: what is asked is numbered in the order of asking, which is the same in every one.</summary>
    private sealed class Execution(ReplayedOrchestration engine) : IOrchestration
    {
        private readonly Dictionary<int, TaskCompletionSource<SampleDelivery?>> waiting = [];
        private int asked;

        public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

        public OrchestrationStatus? Status { get; private set; }

        public async Task<SampleDelivery> CallAsync(ModelCall call, int attempt) => (await Ask(id => new Asked(id, call, attempt, null, [])).Task)!;

        public async Task DelayAsync(DateTimeOffset due, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TaskCompletionSource<SampleDelivery?> timer = Ask(id => new Asked(id, null, 0, due, []));
            int own = asked;
            using CancellationTokenRegistration registration = cancellationToken.Register(() =>
            {
                engine.open.Remove(own);
                timer.TrySetCanceled(cancellationToken);
            });
            await timer.Task;
        }

        public Task CancelAsync(IReadOnlyList<string> keys) => Ask(id => new Asked(id, null, 0, null, keys)).Task;

        public void Show(OrchestrationStatus status) => Status = status;

        public void Deliver(Ended ended)
        {
            Now = ended.At;
            waiting[ended.Id].TrySetResult(ended.Delivery);
        }

        private TaskCompletionSource<SampleDelivery?> Ask(Func<int, Asked> ask)
        {
            int id = ++asked;
            var source = new TaskCompletionSource<SampleDelivery?>();
            waiting[id] = source;
            if (engine.history.All(e => e.Id != id))
                engine.open.TryAdd(id, ask(id));
            return source;
        }
    }
}
