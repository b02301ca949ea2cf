using System.Net;
using Agents.Server.Channels;
using Agents.Server.Playground;
using Microsoft.AspNetCore.Http;

namespace Agents.Server;

/// <summary>
/// Lets a request in or not: by its key where keys are configured. Without keys the server listens to this machine alone, and
/// then takes only requests that name it so, or a web page could reach it under a name of its own (DNS rebinding).
/// </summary>
internal sealed class AccessGate(RequestDelegate next, CallerRegister callers, ServerOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsOpen(context.Request.Path))
        {
            if (!callers.NeedsKey)
                CheckLocal(context.Request);
            context.Features.Set(await callers.OfAsync(context.Request));
        }

        await next(context);
    }

    // The page itself holds no secret; what it does goes through the gate. A Functions host asks for it until its custom handler answers.
    // The channel's endpoint has a gate of its own: its senders have tokens, and no keys.
    private bool IsOpen(PathString path) => path == "/healthz" || path == "/readyz" || path == "/" || path.StartsWithSegments(PlaygroundEndpoints.Folder) || (options.Channel is not null && path == ChannelEndpoint.Path);

    /// <summary>Refuses a request that does not name this machine, or that comes from a web page elsewhere.</summary>
    public static void CheckLocal(HttpRequest request)
    {
        if (!IsLocal(request.Host.Host))
            throw new ApiException(403, "permission_error", "Without API keys this server answers only to the names of this machine: localhost, 127.0.0.1, [::1].", null, "foreign_host");
        string origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && IsLocal(page.Host)))
            throw new ApiException(403, "permission_error", "Without API keys this server takes no requests from web pages of other origins.", null, "foreign_origin");
    }

    /// <summary>Whether a name is one of this machine.</summary>
    internal static bool IsLocal(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
