using Microsoft.Extensions.Hosting;

namespace Agents.Testing;

/// <summary>The stub is a guest in its process: it leaves Ctrl+C and SIGTERM to the process itself.</summary>
public sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
