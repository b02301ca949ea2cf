using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// All that a strategy has: models, time, randomness, budget, and a place to report. Used on the run's turn only; every member
/// throws <see cref="StrategyContractException"/> elsewhere.
/// </summary>
public sealed class ReasoningContext
{
    private readonly ReasoningLoop loop;
    private readonly BudgetLedger ledger;
    private readonly CancellationToken abandoned;
    private readonly RoleNames roles;

    internal ReasoningContext(ReasoningLoop loop, BudgetLedger ledger, string path, RoleNames? roles = null, CancellationToken abandoned = default)
    {
        this.loop = loop;
        this.ledger = ledger;
        this.roles = roles ?? RoleNames.AsTheyAre;
        this.abandoned = abandoned;
        Path = path;
        Budget = new Budget(ledger);
    }

    /// <summary>The branch: empty for the root, else <c>/label/label</c>.</summary>
    public string Path { get; }

    /// <summary>What is left to spend here.</summary>
    public Budget Budget { get; }

    /// <summary>The run's clock; its timers are journaled.</summary>
    public TimeProvider Time => loop.Time;

    /// <summary>What the model of a role can do.</summary>
    public SamplerCapabilities Capabilities(string role) => loop.Settings.Capabilities(roles.Of(role));

    /// <summary>What the model of a role costs, or null where no price is declared.</summary>
    public ModelPrice? PriceOf(string role) => loop.PriceOf(roles.Of(role));

    /// <summary>What the run has used so far, over all branches.</summary>
    public RunUsage Usage => loop.Usage;

    /// <summary>
    /// Draws samples. All calls are requested when this returns; the samples come in the order in which they complete, each
    /// exactly once, a failed one as an item. Leaving the enumeration abandons the rest. Enumerable once.
    /// </summary>
    /// <param name="role">Which model plays.</param>
    /// <param name="messages">The conversation; not changed afterwards.</param>
    /// <param name="options">How to sample; null for the model's defaults.</param>
    /// <param name="count">How many samples, at least 0.</param>
    /// <param name="cancellationToken">A token of the strategy's own.</param>
    public IAsyncEnumerable<Sample> SampleAsync(string role, IReadOnlyList<ChatMessage> messages, SampleOptions? options = null, int count = 1, CancellationToken cancellationToken = default)
    {
        loop.Verify(nameof(SampleAsync));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        cancellationToken = WithScope(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Prompted prompted = Prompt(role, messages, options);
        return new SampleStream(loop, count, stream => Request(prompted, stream), cancellationToken);
    }

    /// <summary>Makes one call and awaits it.</summary>
    /// <exception cref="ModelCallException">The call failed.</exception>
    public Task<Sample> JudgeAsync(string role, IReadOnlyList<ChatMessage> messages, SampleOptions? options = null, CancellationToken cancellationToken = default)
    {
        loop.Verify(nameof(JudgeAsync));
        cancellationToken = WithScope(cancellationToken);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<Sample>(cancellationToken);
        var judge = new JudgeCall();
        return judge.Start(loop, Request(Prompt(role, messages, options), judge), cancellationToken);
    }

    /// <summary>Yields the results of tasks as they complete, staying on the turn (<c>Task.WhenEach</c> does not).</summary>
    public async IAsyncEnumerable<T> WhenEachAsync<T>(IEnumerable<Task<T>> tasks)
    {
        loop.Verify(nameof(WhenEachAsync));
        var done = new Queue<Task<T>>();
        TaskCompletionSource? waiter = null;
        int open = 0;
        foreach (Task<T> task in tasks)
        {
            open++;
            _ = WatchAsync(task);
        }

        for (; open > 0; open--)
        {
            while (done.Count == 0)
            {
                waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await waiter.Task;
                waiter = null;
            }

            yield return await done.Dequeue();
        }

        async Task WatchAsync(Task<T> task)
        {
            // Faults surface when the finished task itself is awaited above.
            await Task.WhenAny(task);
            done.Enqueue(task);
            waiter?.TrySetResult();
        }
    }

    /// <summary>
    /// A scope of its own: identical requests in different branches are different samples, and calls in it also count against
    /// <paramref name="limits"/>. The label comes from data (a step, a sample's index), never from the order of arrival.
    /// </summary>
    /// <param name="label">Non-empty, without <c>/ | #</c>.</param>
    /// <param name="limits">Further limits within this branch; null for none.</param>
    public ReasoningContext Branch(string label, BudgetLimits? limits = null)
    {
        loop.Verify(nameof(Branch));
        ArgumentException.ThrowIfNullOrEmpty(label);
        if (label.AsSpan().ContainsAny('/', '|', '#'))
            throw new ArgumentException($"A branch label must not contain '/', '|' or '#': '{label}'.", nameof(label));
        return new ReasoningContext(loop, limits is null ? ledger : Limited(limits), $"{Path}/{label}", roles, abandoned);
    }

    /// <summary>The same scope, so that its samples are those of this one, within further limits.</summary>
    public ReasoningContext Within(BudgetLimits limits)
    {
        loop.Verify(nameof(Within));
        return new ReasoningContext(loop, Limited(limits), Path, roles, abandoned);
    }

    /// <summary>The same scope with some roles played by others: what asks for <c>solver</c> here may be asking the model of <c>expert</c>.</summary>
    /// <param name="renamed">The role that plays, by the role that is asked for; roles not named stay as they are.</param>
    public ReasoningContext WithRoles(IReadOnlyDictionary<string, string> renamed)
    {
        loop.Verify(nameof(WithRoles));
        return new ReasoningContext(loop, ledger, Path, roles.Within(renamed), abandoned);
    }

    /// <summary>
    /// The same scope for as long as a token of the strategy's own is not cancelled: then every call begun in it, however deep
    /// inside a verifier or a composed strategy, is abandoned, and a further one is refused with
    /// <see cref="OperationCanceledException"/>. For work whose outcome is not awaited any longer.
    /// </summary>
    /// <param name="abandoning">Cancelled on the run's turn.</param>
    public ReasoningContext Until(CancellationToken abandoning)
    {
        loop.Verify(nameof(Until));
        return new ReasoningContext(loop, ledger, Path, roles, WithScope(abandoning));
    }

    /// <summary>A token that is cancelled with either. The source is not disposed: both tokens are the run's own and end with it.</summary>
    private CancellationToken WithScope(CancellationToken token) =>
        !abandoned.CanBeCanceled ? token
        : !token.CanBeCanceled || token == abandoned ? abandoned
        : CancellationTokenSource.CreateLinkedTokenSource(abandoned, token).Token;

    private BudgetLedger Limited(BudgetLimits limits)
    {
        var child = new BudgetLedger(ledger, limits);
        if (limits.Time is { } time)
            ((LoopTime)loop.Time).StartDeadline(child, time);
        return child;
    }

    /// <summary>A stream of random numbers that is a function of the run's seed, this branch and the label, not of the order of calls.</summary>
    public Random CreateRandom(string label)
    {
        loop.Verify(nameof(CreateRandom));
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{loop.Settings.Run.Seed}|{Path}|{label}")));
        return new Random(BitConverter.ToInt32(hash));
    }

    /// <summary>Reports what happened. Nothing is emitted while a journal is replayed.</summary>
    public void Report(ReasoningEvent happened)
    {
        loop.Verify(nameof(Report));
        loop.Emit(happened, Path);
    }

    /// <summary>Whether anyone receives what is reported: only for sparing the work of a report, never for deciding anything.</summary>
    internal bool IsObserved => loop.Observer is not null;

    private Prompted Prompt(string role, IReadOnlyList<ChatMessage> messages, SampleOptions? options)
    {
        options ??= SampleOptions.Default;
        role = roles.Of(role);
        string hash = PromptHash.Of(role, messages, options);
        string stem = $"{Path}|{role}|{hash}";
        // Log-probabilities are looked at, not drawn: asking for them changes no sample of a model that honours seeds.
        string drawn = options.LogProbabilities ? $"{Path}|{role}|{PromptHash.Of(role, messages, options with { LogProbabilities = false, TopLogProbabilities = 0 })}" : stem;
        return new Prompted(role, messages, options, hash, stem, SampleSeed.Of(loop.Settings.Run.Seed, drawn));
    }

    private CallRequest Request(Prompted prompted, ICallSink sink)
    {
        string key = loop.NextKey(prompted.Stem, out int occurrence);
        var call = new ModelCall(key, prompted.Role, prompted.Messages, prompted.Options, occurrence, SampleSeed.Of(prompted.Seed, occurrence), prompted.Hash);
        return loop.Request(call, sink, ledger);
    }

    private sealed record Prompted(string Role, IReadOnlyList<ChatMessage> Messages, SampleOptions Options, string Hash, string Stem, long Seed);
}
