using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Agents.Testing.Tests.StrategyScan.Samples;

[Reports("Parallel")]
public sealed class ParallelFor { public void Run() => Parallel.For(0, 2, _ => { }); }

[Reports("Parallel")]
public sealed class ParallelForEachAsync { public Task Run(int[] n) => Parallel.ForEachAsync(n, (_, _) => ValueTask.CompletedTask); }

[Reports("Parallel")]
public sealed class ParallelLinq { public int Run(int[] n) => n.AsParallel().Sum(); }

[Reports("Thread")]
public sealed class NewThread { public void Run() => new Thread(() => { }).Start(); }

[Reports("Thread")]
public sealed class ThreadSleep { public void Run() => Thread.Sleep(1); }

[Reports("Thread")]
public sealed class ThreadLocals { public int Run() => new ThreadLocal<int>().Value; }

[Reports("ThreadPool")]
public sealed class Pool { public void Run() => ThreadPool.QueueUserWorkItem(_ => { }); }

[Reports("timer")]
public sealed class ThreadingTimer { public Timer Run() => new(_ => { }); }

[Reports("timer")]
public sealed class Periodic { public PeriodicTimer Run() => new(TimeSpan.FromSeconds(1)); }

[Reports("timer")]
public sealed class ComponentTimer { public System.Timers.Timer Run() => new(); }

[Reports("channel")]
public sealed class Channels { public Channel<int> Run() => Channel.CreateUnbounded<int>(); }

[Reports("blocking primitive")]
public sealed class Semaphores { public Task Run(SemaphoreSlim s) => s.WaitAsync(); }

[Reports("blocking primitive")]
public sealed class Events { public void Run(ManualResetEventSlim e) => e.Wait(); }

[Reports("blocking primitive")]
public sealed class Handles { public void Run(WaitHandle h) => h.WaitOne(); }

[Reports("blocking primitive")]
public sealed class Mutexes { public void Run() => new Mutex().ReleaseMutex(); }

[Reports("blocking primitive")]
public sealed class Countdown { public void Run(CountdownEvent c) => c.Signal(); }

[Reports("blocking primitive")]
public sealed class Barriers { public void Run(Barrier b) => b.SignalAndWait(); }

[Reports("blocking primitive")]
public sealed class ReadersAndWriters { public void Run(ReaderWriterLockSlim l) => l.EnterReadLock(); }

[Reports("blocking primitive")]
public sealed class Spinning { public void Run() => new SpinWait().SpinOnce(); }

[Reports("lock")]
public sealed class LockOnObject
{
    private readonly object _gate = new();

    public void Run()
    {
        lock (_gate)
        {
            _ = 1;
        }
    }
}

[Reports("lock")]
public sealed class LockOnLock
{
    private readonly Lock _gate = new();

    public void Run()
    {
        lock (_gate)
        {
            _ = 1;
        }
    }
}

[Reports("Interlocked")]
public sealed class InterlockedIncrement { private int _n; public int Run() => Interlocked.Increment(ref _n); }

[Reports("volatile")]
public sealed class VolatileField { private volatile int _n; public int Run() => _n; }

[Reports("volatile")]
public sealed class VolatileRead { private int _n; public int Run() => Volatile.Read(ref _n); }

[Reports("concurrent collection")]
public sealed class ConcurrentMap { public int Run(ConcurrentDictionary<string, int> d) => d.Count; }

[Reports("concurrent collection")]
public sealed class Blocking { public int Run(BlockingCollection<int> c) => c.Take(); }
