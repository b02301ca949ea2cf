namespace Agents.Reasoning;

/// <summary>Keeps run journals. Thread-safe: many runs may be open at once.</summary>
public interface IJournalStore
{
    /// <summary>
    /// Opens the journal of <c>header.RunId</c>: a new one, or the one that is there, to be resumed.
    /// </summary>
    /// <exception cref="JournalMismatchException">The run exists with another strategy, version, input or options.</exception>
    /// <exception cref="JournalLeaseException">Another process, or another open journal of this one, writes this run.</exception>
    ValueTask<IRunJournal> OpenAsync(RunHeader header, CancellationToken cancellationToken = default);
}

/// <summary>One run's journal: ordered, append-only, one writer. Used by one run at a time; disposing gives the lease back.</summary>
public interface IRunJournal : IAsyncDisposable
{
    /// <summary>What the run is of.</summary>
    RunHeader Header { get; }

    /// <summary>The entries that were there when the journal was opened, in sequence order.</summary>
    IReadOnlyList<JournalEntry> Recorded { get; }

    /// <summary>The result, when the run had completed before the journal was opened; else null.</summary>
    string? RecordedResult { get; }

    /// <summary>Appends entries in order. They are durable when the task completes (group commit is allowed).</summary>
    ValueTask AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Records the result; the run is complete.</summary>
    ValueTask CompleteAsync(string resultJson, CancellationToken cancellationToken = default);
}

/// <summary>What a journal belongs to. A journal is only resumed by a run with an equal header.</summary>
/// <param name="RunId">The run's identity.</param>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Fingerprint">Hash of the strategy's version, options and prompts.</param>
/// <param name="InputHash">Hash of the request.</param>
/// <param name="OptionsHash">Hash of the run's options: seed, limits, models.</param>
public sealed record RunHeader(string RunId, string Strategy, string Fingerprint, string InputHash, string OptionsHash)
{
    /// <summary>What the run is about, for readers of the journal; null where nobody said. Headers that differ in it alone are equal.</summary>
    public RunSubject? Subject { get; init; }

    /// <inheritdoc/>
    public bool Equals(RunHeader? other) => other is not null
        && (RunId, Strategy, Fingerprint, InputHash, OptionsHash) == (other.RunId, other.Strategy, other.Fingerprint, other.InputHash, other.OptionsHash);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RunId, Strategy, Fingerprint, InputHash, OptionsHash);
}

/// <summary>One delivered completion.</summary>
/// <param name="Key">The call's key.</param>
/// <param name="Outcome">What came back.</param>
/// <param name="At">When it was delivered, in milliseconds since the Unix epoch.</param>
public sealed record JournalEntry(string Key, CallOutcome Outcome, long At);

/// <summary>The journal belongs to another run: other strategy, version, input or options.</summary>
public sealed class JournalMismatchException(string message) : Exception(message);

/// <summary>Someone else is writing this journal.</summary>
public sealed class JournalLeaseException(string message) : Exception(message);
