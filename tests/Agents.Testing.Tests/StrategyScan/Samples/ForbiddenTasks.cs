namespace Agents.Testing.Tests.StrategyScan.Samples;

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitOnTask { public async Task Run(Task t) => await t.ConfigureAwait(false); }

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitOnTaskOfT { public async Task<int> Run(Task<int> t) => await t.ConfigureAwait(false); }

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitOnValueTask { public async Task<int> Run(ValueTask<int> t) => await t.ConfigureAwait(ConfigureAwaitOptions.None == 0); }

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitWithOptions { public async Task Run(Task t) => await t.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitOnStream
{
    public async Task Run(IAsyncEnumerable<int> s)
    {
        await foreach (int item in s.ConfigureAwait(false))
        {
            _ = item;
        }
    }
}

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitOnCancelableStream
{
    public async Task Run(IAsyncEnumerable<int> s)
    {
        await foreach (int item in s.WithCancellation(default).ConfigureAwait(false))
        {
            _ = item;
        }
    }
}

[Reports("ConfigureAwait")]
public sealed class ConfigureAwaitOnDisposable
{
    public async Task Run(IAsyncDisposable d)
    {
        await using (d.ConfigureAwait(false))
        {
        }
    }
}

[Reports("Task.Run")]
public sealed class TaskRun { public Task Run() => Task.Run(() => { }); }

[Reports("Task.Run")]
public sealed class TaskRunAsMethodGroup { public Func<Action, Task> Run() => Task.Run; }

[Reports("Task.Factory")]
public sealed class TaskFactoryStartNew { public Task Run() => Task.Factory.StartNew(() => { }); }

[Reports("Task.Factory")]
public sealed class OwnTaskFactory { public Task<int> Run() => new TaskFactory<int>().StartNew(() => 1); }

[Reports("Task.ContinueWith")]
public sealed class TaskContinueWith { public Task<int> Run(Task<int> t) => t.ContinueWith(x => 1); }

[Reports("Task.WhenEach")]
public sealed class TaskWhenEach { public IAsyncEnumerable<Task<int>> Run(Task<int>[] t) => Task.WhenEach(t); }

[Reports("new Task")]
public sealed class NewTask { public Task Run() { var t = new Task(() => { }); t.Start(); return t; } }

[Reports("TaskScheduler")]
public sealed class Scheduler { public TaskScheduler Run() => TaskScheduler.Default; }

[Reports("SynchronizationContext")]
public sealed class Context { public void Run() => SynchronizationContext.SetSynchronizationContext(null); }

[Reports("CancelAsync")]
public sealed class CancelInBackground { public Task Run(CancellationTokenSource c) => c.CancelAsync(); }

[Reports("async void")]
public sealed class AsyncVoid { public async void Run() => await Task.Yield(); }

[Reports("Task.Wait")]
public sealed class TaskWait { public void Run(Task t) => t.Wait(); }

[Reports("Task.Wait")]
public sealed class TaskWaitAll { public void Run(Task t) => Task.WaitAll(t); }

[Reports("Task.Wait")]
public sealed class TaskWaitAny { public int Run(Task t) => Task.WaitAny(t); }

[Reports("Task.Result")]
public sealed class TaskResult { public int Run(Task<int> t) => t.Result; }

[Reports("Task.Result")]
public sealed class TaskResultInAsync { public async Task<int> Run(Task<int> t) { await Task.Yield(); return t.Result; } }

[Reports("Task.Result")]
public sealed class TaskResultInLambda { public IEnumerable<int> Run(Task<int>[] t) => t.Select(x => x.Result); }

[Reports("Task.Result")]
public sealed class ValueTaskResult { public int Run(ValueTask<int> t) => t.Result; }

[Reports("GetAwaiter().GetResult()")]
public sealed class BlockingGetResult { public int Run(Task<int> t) => t.GetAwaiter().GetResult(); }

[Reports("GetAwaiter().GetResult()")]
public sealed class BlockingGetResultInAsync { public async Task<int> Run(Task<int> t) { await t; return t.GetAwaiter().GetResult(); } }

[Reports("GetAwaiter().GetResult()")]
public sealed class BlockingGetResultOfValueTask { public int Run(ValueTask<int> t) => t.GetAwaiter().GetResult(); }

[Reports("ToBlockingEnumerable")]
public sealed class BlockingStream { public IEnumerable<int> Run(IAsyncEnumerable<int> s) => s.ToBlockingEnumerable(); }
