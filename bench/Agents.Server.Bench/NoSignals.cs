using Microsoft.Extensions.Hosting;

namespace Agents.Server.Bench;

/// <summary>Ctrl+C ends the bench, not the server inside it.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
