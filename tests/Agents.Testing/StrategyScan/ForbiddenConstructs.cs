namespace Agents.Testing.StrategyScan;

/// <summary>
/// Rule 3 of the strategy rules as a table. Not to be seen in metadata, and left to review and replay: a static readonly
/// collection that is changed, and code outside the scanned namespaces that a strategy calls.
/// </summary>
public static class ForbiddenConstructs
{
    /// <summary>The blocking read of an awaiter; told by counting (<see cref="StrategyScanner"/>), because await emits it too.</summary>
    public const string BlockingGetResult = "GetAwaiter().GetResult()";

    /// <summary>A static field that can change, and writes to one.</summary>
    public const string MutableStatic = "mutable static";

    private const string Tasks = "System.Threading.Tasks.";
    private const string Time = "System.TimeProvider";
    private const string LeavesTheLoop = "leaves the loop's thread; await what the context gives";
    private const string Blocks = "blocks the loop's only thread; await instead";
    private const string OneThread = "a strategy runs on one logical thread and shares nothing";
    private const string WallClock = "reads or arms the wall clock; pass context.Time";
    private const string Chance = "differs in a replay; use context.CreateRandom";
    private const string Outside = "reaches outside the run; take it from the request or the options";
    private const string Hashes = "string hashes differ by process; compare ordinally";

    /// <summary>Why a <see cref="BlockingGetResult"/> is forbidden.</summary>
    public static string BlockingReason => Blocks;

    /// <summary>Why a <see cref="MutableStatic"/> is forbidden.</summary>
    public static string StaticReason => "outlives the run and is shared between runs; keep state in locals";

    /// <summary>All constructs that a single member reference gives away.</summary>
    public static IReadOnlyList<ForbiddenConstruct> ByReference { get; } =
    [
        Of("ConfigureAwait", LeavesTheLoop, u => u.Name == "ConfigureAwait" && u.Type.StartsWith("System.", StringComparison.Ordinal)),
        Of("Task.Run", LeavesTheLoop, u => Is(u, Tasks + "Task", "Run")),
        Of("Task.Factory", LeavesTheLoop, u => IsType(u, Tasks + "TaskFactory", Tasks + "TaskFactory`1") || u.Name == "get_Factory" && IsTask(u)),
        Of("Task.ContinueWith", LeavesTheLoop, u => u.Name == "ContinueWith" && IsTask(u)),
        Of("Task.WhenEach", "reorders completions; use context.WhenEachAsync", u => Is(u, Tasks + "Task", "WhenEach")),
        Of("new Task", LeavesTheLoop, u => u.Name is ".ctor" or "Start" or "RunSynchronously" && IsTask(u)),
        Of("TaskScheduler", LeavesTheLoop, u => IsType(u, Tasks + "TaskScheduler", Tasks + "ConcurrentExclusiveSchedulerPair")),
        Of("SynchronizationContext", LeavesTheLoop, u => IsType(u, "System.Threading.SynchronizationContext", "System.Threading.ExecutionContext")),
        Of("CancelAsync", "runs callbacks on the thread pool; call Cancel", u => Is(u, "System.Threading.CancellationTokenSource", "CancelAsync")),
        Of("async void", "nobody can await it; return a Task", u => u.Type == "System.Runtime.CompilerServices.AsyncVoidMethodBuilder"),
        Of("Task.Wait", Blocks, u => u.Name is "Wait" or "WaitAll" or "WaitAny" && IsTask(u)),
        Of("Task.Result", Blocks, u => u.Name == "get_Result" && (IsTask(u) || u.Type == Tasks + "ValueTask`1")),
        Of("ToBlockingEnumerable", Blocks, u => u.Name == "ToBlockingEnumerable"),
        Of("Parallel", LeavesTheLoop, u => Starts(u, Tasks + "Parallel", "System.Linq.Parallel")),
        Of("Thread", OneThread, u => IsType(u, "System.Threading.Thread", "System.Threading.ThreadLocal`1")),
        Of("ThreadPool", LeavesTheLoop, u => IsType(u, "System.Threading.ThreadPool")),
        Of("timer", WallClock, u => IsType(u, "System.Threading.Timer", "System.Threading.PeriodicTimer") || Starts(u, "System.Timers.")),
        Of("channel", "its readers resume off the loop; await tasks in a list", u => Starts(u, "System.Threading.Channels.")),
        Of("blocking primitive", OneThread, u => IsType(
            u,
            "System.Threading.SemaphoreSlim",
            "System.Threading.Semaphore",
            "System.Threading.Mutex",
            "System.Threading.ManualResetEvent",
            "System.Threading.ManualResetEventSlim",
            "System.Threading.AutoResetEvent",
            "System.Threading.EventWaitHandle",
            "System.Threading.WaitHandle",
            "System.Threading.CountdownEvent",
            "System.Threading.Barrier",
            "System.Threading.ReaderWriterLock",
            "System.Threading.ReaderWriterLockSlim",
            "System.Threading.SpinWait")),
        Of("lock", OneThread, u => Starts(u, "System.Threading.Monitor", "System.Threading.Lock", "System.Threading.SpinLock")),
        Of("Interlocked", OneThread, u => IsType(u, "System.Threading.Interlocked")),
        Of("volatile", OneThread, u => IsType(u, "System.Threading.Volatile", IlReader.VolatilePrefix)),
        Of("concurrent collection", OneThread, u => Starts(u, "System.Collections.Concurrent.")),
        Of("Task.Delay without TimeProvider", WallClock, u => Is(u, Tasks + "Task", "Delay") && !u.Takes(Time)),
        Of("WaitAsync without TimeProvider", WallClock, u => u.Name == "WaitAsync" && IsTask(u) && u.Takes("System.TimeSpan") && !u.Takes(Time)),
        Of("CancellationTokenSource without TimeProvider", WallClock, u =>
            Is(u, "System.Threading.CancellationTokenSource", ".ctor") && u.Parameters.Count > 0 && !u.Takes(Time)),
        Of("CancelAfter", WallClock, u => Is(u, "System.Threading.CancellationTokenSource", "CancelAfter")),
        Of("wall clock", WallClock, u =>
            IsType(u, "System.DateTime", "System.DateTimeOffset") && u.Name is "get_Now" or "get_UtcNow" or "get_Today"
            || IsType(u, "System.Diagnostics.Stopwatch")
            || Is(u, "System.TimeZoneInfo", "get_Local")),
        Of("TimeProvider.System", WallClock, u => Is(u, Time, "get_System")),
        Of("environment", Outside, (u, site) =>
            IsType(u, "System.AppContext", "System.AppDomain", "System.OperatingSystem", "System.Runtime.InteropServices.RuntimeInformation")
            || IsType(u, "System.Globalization.CultureInfo") && u.Name is "get_CurrentCulture" or "get_CurrentUICulture"
            || IsType(u, "System.Environment") && !(site.IsGenerated && u.Name == "get_CurrentManagedThreadId")),
        Of("console", Outside, u => IsType(u, "System.Console")),
        Of("file or stream", Outside, u => Starts(u, "System.IO.") && !InMemoryText.Contains(u.Type) && !u.Type.EndsWith("Exception", StringComparison.Ordinal)),
        Of("network", Outside, u => Starts(u, "System.Net.")),
        Of("process", Outside, u => Starts(u, "System.Diagnostics.Process")),
        Of("new Guid", Chance, u => IsType(u, "System.Guid") && u.Name is "NewGuid" or "CreateVersion7"),
        Of("Random", Chance, u => IsType(u, "System.Random") && u.Name is ".ctor" or "get_Shared"),
        Of("RandomNumberGenerator", Chance, u => IsType(u, "System.Security.Cryptography.RandomNumberGenerator")),
        Of("GetHashCode", Hashes, (u, site) => u.Name == "GetHashCode" && !site.IsGenerated),
        Of("HashCode", Hashes, (u, site) => IsType(u, "System.HashCode") && !site.IsGenerated),
    ];

    private static readonly string[] InMemoryText =
        ["System.IO.StringReader", "System.IO.StringWriter", "System.IO.TextReader", "System.IO.TextWriter"];

    private static ForbiddenConstruct Of(string name, string reason, Func<MemberUse, bool> matches) => new(name, reason, (use, _) => matches(use));

    private static ForbiddenConstruct Of(string name, string reason, Func<MemberUse, MethodSite, bool> matches) => new(name, reason, matches);

    private static bool Is(MemberUse use, string type, string name) => use.Name == name && use.Type == type;

    private static bool IsType(MemberUse use, params string[] types) => types.Contains(use.Type, StringComparer.Ordinal);

    private static bool Starts(MemberUse use, params string[] prefixes) => prefixes.Any(p => use.Type.StartsWith(p, StringComparison.Ordinal));

    private static bool IsTask(MemberUse use) => use.Type is Tasks + "Task" or Tasks + "Task`1";
}
