using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Agents.Server;

/// <summary>
/// A stream of server-sent events. What is sent is queued and written by one task, so that a run never waits for a slow client;
/// comments keep the connection alive while there is nothing to say. Sending is thread-safe.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly byte[] heartbeat = ": keep-alive\n\n"u8.ToArray();
    private readonly Channel<byte[]> queue = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ITimer beats;
    private readonly Task pump;

    private EventStream(HttpContext context, TimeSpan silence, TimeProvider time)
    {
        beats = time.CreateTimer(_ => queue.Writer.TryWrite(heartbeat), null, silence, silence);
        pump = PumpAsync(context);
    }

    /// <summary>Sends the headers of a stream.</summary>
    public static async Task<EventStream> OpenAsync(HttpContext context, TimeProvider time)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.StartAsync(context.RequestAborted);
        return new EventStream(context, TimeSpan.FromSeconds(context.ServerOptions().HeartbeatSeconds), time);
    }

    /// <summary>Sends one event. After the client has gone it does nothing.</summary>
    /// <param name="data">The data, without line breaks.</param>
    /// <param name="type">The event's type, or null.</param>
    /// <param name="id">The event's id, or null.</param>
    public void Send(ReadOnlySpan<byte> data, string? type = null, string? id = null)
    {
        byte[] head = Encoding.UTF8.GetBytes($"{(type is null ? "" : $"event: {type}\n")}{(id is null ? "" : $"id: {id}\n")}data: ");
        var bytes = new byte[head.Length + data.Length + 2];
        head.CopyTo(bytes, 0);
        data.CopyTo(bytes.AsSpan(head.Length));
        bytes[^2] = bytes[^1] = (byte)'\n';
        queue.Writer.TryWrite(bytes);
    }

    /// <summary>Writes what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await beats.DisposeAsync();
        queue.Writer.TryComplete();
        await pump;
    }

    private async Task PumpAsync(HttpContext context)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(context.RequestAborted))
            {
                // All that waits goes out in one write.
                while (queue.Reader.TryRead(out byte[]? bytes))
                    await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client has gone; its run is cancelled by the same token.
            queue.Writer.TryComplete();
        }
    }
}
