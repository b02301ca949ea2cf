using Agents.Hosting.Durable;
using Agents.Hosting.Texts;
using Agents.Testing;

namespace Agents.Hosting.Tests.Durable;

public sealed class CallCancellationTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public async Task Cancel_WhileItRuns_EndsTheCall()
    {
        var calls = new CallCancellation(new MemoryRunStore(), clock);
        Task<int> call = calls.RunAsync("run|call", HangAsync, default);
        calls.Cancel(["run|other", "run|call"]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Cancel_BeforeItBegins_IsNotMissed()
    {
        var calls = new CallCancellation(new MemoryRunStore(), clock);
        calls.Cancel(["run|call"]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls.RunAsync<int>("run|call", _ => throw new InvalidOperationException("It must not be made."), default));
    }

    [Fact]
    public async Task Cancel_InAnotherProcess_IsSeenAtTheNextLook()
    {
        string folder = Directory.CreateTempSubdirectory("agents-marks-").FullName;
        var here = new CallCancellation(new FileRunStore(folder), clock);
        Task<int> call = here.RunAsync("run|call", HangAsync, default);
        new CallCancellation(new FileRunStore(folder), clock).Cancel(["run|call"]);
        Assert.False(call.IsCompleted);
        clock.Advance(CallCancellation.LookEvery);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task CallThatEnds_KeepsItsResult_AndIsForgotten()
    {
        var calls = new CallCancellation(new MemoryRunStore(), clock);
        Assert.Equal(42, await calls.RunAsync("run|call", _ => Task.FromResult(42), default));
        calls.Cancel(["run|call"]);
    }

    private static async Task<int> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
