using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Agents.Server.Operations;

/// <summary>Whether the process lives, and whether it takes work.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/healthz</c> and <c>/readyz</c>; both are open to everyone and say nothing of the configuration.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("{\"status\":\"ok\"}", "application/json"));
        routes.MapGet("/readyz", (IHostApplicationLifetime lifetime) =>
            lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested
                ? Results.Text("{\"status\":\"ready\"}", "application/json")
                : Results.Text("{\"status\":\"stopping\"}", "application/json", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
