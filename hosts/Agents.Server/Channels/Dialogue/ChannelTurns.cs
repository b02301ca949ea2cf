using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Agents.Server.Channels;

/// <summary>The turns in work beside the requests that began them. When the server stops they are cancelled and waited for. Thread-safe.</summary>
internal sealed class ChannelTurns : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Task, bool> open = new();
    private readonly CancellationTokenSource ending = new();

    /// <summary>Begins a turn.</summary>
    /// <param name="turn">The turn, which fails only by being cancelled; its token is cancelled when the server stops.</param>
    /// <returns>The turn's end.</returns>
    public Task Begin(Func<CancellationToken, Task> turn)
    {
        Task task = Task.Run(() => CarryOutAsync(turn));
        open.TryAdd(task, true);
        return ForgetAsync(task);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await ending.CancelAsync();
        // A channel that does not take its last words must not hold the server up beyond its deadline.
        await Task.WhenAll(open.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => ending.Dispose();

    private async Task CarryOutAsync(Func<CancellationToken, Task> turn)
    {
        try
        {
            await turn(ending.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever would have read its reply has left, or the server stops.
        }
    }

    private async Task ForgetAsync(Task task)
    {
        try
        {
            await task;
        }
        finally
        {
            open.TryRemove(task, out _);
        }
    }
}
