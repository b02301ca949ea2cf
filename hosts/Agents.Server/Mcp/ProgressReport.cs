using System.Threading.Channels;
using Agents.Reasoning;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents.Server.Mcp;

/// <summary>
/// The events of a run as progress notifications, where the client asked for them. Progress counts finished calls out of those
/// planned; words between two calls move it by ever smaller steps, because it must grow with every notification. A client that
/// reads slowly misses some; the run never waits for it. Events may come from any thread.
/// </summary>
internal sealed class ProgressReport : IAsyncDisposable
{
    private const int MaxWaiting = 64;
    private readonly Channel<ProgressNotificationValue> waiting = Channel.CreateBounded<ProgressNotificationValue>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Lock gate = new();
    private readonly bool isWanted;
    private readonly Task sending;
    private int finished;
    private int planned;
    private int words;

    private ProgressReport(McpServer server, ProgressToken? token, CancellationToken cancellationToken)
    {
        isWanted = token is not null;
        sending = token is { } wanted ? SendAsync(server, wanted, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>The report of a request; it does nothing where no token came with it.</summary>
    public static ProgressReport Of(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken) =>
        new(request.Server, request.Params.ProgressToken, cancellationToken);

    /// <summary>Takes an event.</summary>
    public void Observe(ReasoningEvent happened)
    {
        if (!isWanted)
            return;
        string? text = ProgressText.Of(happened);
        lock (gate)
        {
            if (happened is StageStarted stage)
                planned += stage.Planned;
            if (happened is CallFinished)
                (finished, words) = (finished + 1, 0);
            else if (text is not null)
                words++;
            else
                return;
            float progress = finished + 1 - (1f / (1 + words));
            waiting.Writer.TryWrite(new ProgressNotificationValue { Progress = progress, Total = planned >= progress ? planned : null, Message = text ?? $"calls finished: {finished}" });
        }
    }

    /// <summary>Sends what is left: no progress may follow the reply.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await sending;
    }

    private async Task SendAsync(McpServer server, ProgressToken token, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ProgressNotificationValue value in waiting.Reader.ReadAllAsync(cancellationToken))
                await server.NotifyProgressAsync(token, value, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nobody listens any more. What the run does is decided by its own token.
        }
    }
}
