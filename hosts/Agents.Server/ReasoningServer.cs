using Agents.Hosting.Operations;
using Agents.Server.Catalogue;
using Agents.Server.Channels;
using Agents.Server.Description;
using Agents.Server.Jobs;
using Agents.Server.Mcp;
using Agents.Server.OpenAI;
using Agents.Server.Operations;
using Agents.Server.Playground;
using Agents.Server.Responses;
using Agents.Server.Rewards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agents.Server;

/// <summary>
/// The HTTP server: <c>/v1</c> speaks the OpenAI API, <c>/api/reason</c> and the steps beside it keep jobs, <c>/api/reward</c> serves
/// trainers, <c>/mcp</c> serves agents, <c>/api/messages</c> serves Teams and Copilot, <c>/</c> is the playground, <c>/healthz</c> and <c>/readyz</c> say how it is.
/// </summary>
public static class ReasoningServer
{
    /// <summary>Builds a server that is ready to start. Nothing listens before everything in its options is checked.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="environment">Reads the variables with the upstreams' keys; null for the process's own.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="configure">Adds to the builder: where logs go, who stops the process. Null for neither.</param>
    /// <returns>The server; disposing it ends its models and stores.</returns>
    /// <exception cref="ServerOptionsException">An option cannot be used.</exception>
    /// <exception cref="Agents.Hosting.ModelSpecException">A model's spec cannot be served.</exception>
    public static WebApplication Build(ServerOptions options, Func<string, string?>? environment = null, TimeProvider? time = null, Action<WebApplicationBuilder>? configure = null)
    {
        ServerOptionsReview.Check(options);
        // The empty builder reads no configuration of its own: an address that was not checked must not be listened on.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        AddServices(builder.Services, options, environment, time ?? TimeProvider.System);
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        try
        {
            // Models and workflows are made now: one that cannot be served fails here and not at the first request.
            app.Services.GetRequiredService<ServedModels>();
            app.Services.GetRequiredService<ServedWorkflows>();
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }

        app.UseMiddleware<ErrorBoundary>();
        app.UseMiddleware<AccessGate>();
        app.UseRouting();
        app.MapHealth();
        app.MapPlayground();
        app.MapCatalogue();
        app.MapOpenAI();
        app.MapResponses();
        app.MapJobs();
        app.MapRewards();
        app.MapMcp();
        app.MapChannel(options.Channel);
        app.MapApiDescription();
        app.MapFallback(Nothing);
        return app;
    }

    private static Task Nothing(HttpContext context) => throw ApiException.NotFound($"There is nothing at {Parameters.Shown(context.Request.Path)}.", "unknown_url");

    private static ServedWorkflows Workflows(ServerOptions options)
    {
        try
        {
            return ServedWorkflows.Load(options.WorkflowFolder);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            throw new ServerOptionsException($"Agents:WorkflowFolder: {e.Message}");
        }
    }

    /// <summary>Adds what every way to the server needs, HTTP or not.</summary>
    internal static void AddServices(IServiceCollection services, ServerOptions options, Func<string, string?>? environment, TimeProvider time)
    {
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton(_ => new ServedModels(options.Models, environment, time));
        services.AddSingleton<CallerRegister>();
        services.AddSingleton<ServerState>();
        services.AddSingleton<RunPlanner>();
        services.AddSingleton(_ => Workflows(options));
        services.AddSingleton(provider => new OperationPlanner(provider.GetRequiredService<RunPlanner>(), provider.GetRequiredService<ServedWorkflows>(), options.MaxMessages));
        services.AddSingleton<RunService>();
        services.AddSingleton<NamedRuns>();
        services.AddSingleton<IJobKind, OperationJobs>();
        services.AddSingleton<IJobKind, ResponseJobs>();
        services.AddSingleton<JobApprovals>();
        services.AddSingleton<JobService>();
        services.AddMcp();
        services.AddHostedService(provider => provider.GetRequiredService<JobService>());
        services.AddApiDescription();
        services.AddChannel(options.Channel, environment);
        services.AddTelemetryExport(options.OtlpEndpoint);
    }
}
