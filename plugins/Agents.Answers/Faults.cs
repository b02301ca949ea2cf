namespace Agents.Answers;

/// <summary>
/// Counts faults of this library that its boundary turned into "not decided" or "no answer": the promise never to throw holds even
/// where a rule has a bug, and the fuzz, which expects none, still sees it.
/// </summary>
internal static class Faults
{
    private static long _count;
    private static Exception? _last;

    /// <summary>Faults so far in this process.</summary>
    public static long Count => Volatile.Read(ref _count);

    /// <summary>The latest fault, or null.</summary>
    public static Exception? Last => Volatile.Read(ref _last);

    /// <summary>Notes a fault. An exception filter: true, so that the fault is caught, for all but exhausted memory.</summary>
    public static bool Note(Exception exception)
    {
        if (exception is OutOfMemoryException) return false;
        Volatile.Write(ref _last, exception);
        Interlocked.Increment(ref _count);
        return true;
    }
}
