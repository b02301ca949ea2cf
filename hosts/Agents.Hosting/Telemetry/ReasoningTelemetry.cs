using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Agents.Hosting.Telemetry;

/// <summary>
/// Spans and metrics by the OpenTelemetry conventions for generative AI, version 1.41 (in development, so pinned): names under
/// <c>gen_ai.</c> are theirs, those under <c>agents.</c> ours. No content is recorded, see <see cref="CapturesContent"/>.
/// </summary>
public static class ReasoningTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "Agents.Reasoning";

    internal static readonly ActivitySource Source = new(Name);
    internal static readonly Meter Meter = new(Name);
    internal static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "Duration of a model call.");
    internal static readonly Histogram<long> CallTokens = Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens of a model call.");
    internal static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("agents.run.duration", "s", "Duration of a run.");
    internal static readonly Counter<long> RunCalls = Meter.CreateCounter<long>("agents.run.calls", "{call}", "Model calls of runs, by what became of them.");
    internal static readonly Counter<double> RunCost = Meter.CreateCounter<double>("agents.run.cost", null, "Money, where prices are configured.");
    internal static readonly Histogram<double> RunAgreement = Meter.CreateHistogram<double>("agents.run.confidence", null, "The confidence of answers, 0 to 1.");

    /// <summary>
    /// Whether prompts and replies are recorded on call spans. Off, unless the operator sets
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true</c>.
    /// </summary>
    public static bool CapturesContent { get; } =
        string.Equals(Environment.GetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"), "true", StringComparison.OrdinalIgnoreCase);
}
