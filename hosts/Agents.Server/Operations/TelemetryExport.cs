using Agents.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Agents.Server.Operations;

/// <summary>Sends spans and metrics to a collector, where one is configured; else none of it is set up.</summary>
internal static class TelemetryExport
{
    public static void AddTelemetryExport(this IServiceCollection services, Uri? endpoint)
    {
        if (endpoint is null)
            return;
        // With the request's own span, or everything below it would hang under a parent that is not recorded, and be dropped.
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("agents"))
            .WithTracing(tracing => tracing.AddSource("Microsoft.AspNetCore", ReasoningTelemetry.Name).AddOtlpExporter(o => Configure(o, endpoint, "v1/traces")))
            .WithMetrics(metrics => metrics.AddMeter(ReasoningTelemetry.Name).AddOtlpExporter(o => Configure(o, endpoint, "v1/metrics")));
    }

    private static void Configure(OtlpExporterOptions options, Uri endpoint, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}
