using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Hosting.Telemetry;

/// <summary>A model with a span and two metrics for each of its calls. Thread-safe as the model itself.</summary>
/// <param name="inner">The model.</param>
/// <param name="provider">Who serves it, for <c>gen_ai.provider.name</c>.</param>
/// <param name="model">Its name, as it is served.</param>
public sealed class TracedSampler(ISampler inner, string provider, string model) : ISampler
{
    /// <inheritdoc/>
    public string ModelId => inner.ModelId;

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities => inner.Capabilities;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ActivityContext parent = RunTrace.Current?.ParentOf(batch.Requests[0].Key) ?? Activity.Current?.Context ?? default;
        // Not through Activity.Current: an iterator's body runs on whichever thread asks for the next sample.
        using Activity? span = ReasoningTelemetry.Source.CreateActivity($"chat {model}", ActivityKind.Client, parent);
        Describe(span, batch);
        Activity? around = Activity.Current;
        span?.Start();
        Activity.Current = around;
        long startedAt = Stopwatch.GetTimestamp();
        var outcomes = new List<CallOutcome>(batch.Requests.Count);
        try
        {
            await foreach (SampleDelivery delivery in inner.SampleAsync(batch, cancellationToken))
            {
                outcomes.Add(delivery.Outcome);
                yield return delivery;
            }
        }
        finally
        {
            Conclude(span, batch, outcomes, startedAt, cancellationToken.IsCancellationRequested);
        }
    }

    private void Describe(Activity? span, SampleBatch batch)
    {
        if (span is null)
            return;
        span.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", provider).SetTag("gen_ai.request.model", model)
            .SetTag("gen_ai.request.temperature", batch.Options.Temperature).SetTag("gen_ai.request.top_p", batch.Options.TopP)
            .SetTag("gen_ai.request.max_tokens", batch.Options.MaxOutputTokens).SetTag("gen_ai.request.choice.count", batch.Requests.Count)
            .SetTag("gen_ai.request.seed", batch.Requests[0].Seed);
        if (ReasoningTelemetry.CapturesContent)
            span.SetTag("gen_ai.input.messages", JsonSerializer.Serialize(batch.Messages.Select(m => new { role = m.Role.Value, content = m.Text })));
    }

    private void Conclude(Activity? span, SampleBatch batch, List<CallOutcome> outcomes, long startedAt, bool isCancelled)
    {
        CallFailure? failure = outcomes.FirstOrDefault(o => o.Failure is not null)?.Failure;
        string? error = failure?.Kind.ToString() ?? (isCancelled && outcomes.Count < batch.Requests.Count ? "cancelled" : null);
        long input = outcomes.Sum(o => o.Usage?.InputTokens ?? 0);
        long output = outcomes.Sum(o => o.Usage?.OutputTokens ?? 0);
        TagList tags = new() { { "gen_ai.operation.name", "chat" }, { "gen_ai.provider.name", provider }, { "gen_ai.request.model", model } };
        if (outcomes.Any(o => o.Usage is not null))
        {
            span?.SetTag("gen_ai.usage.input_tokens", input).SetTag("gen_ai.usage.output_tokens", output)
                .SetTag("gen_ai.usage.reasoning.output_tokens", outcomes.Sum(o => o.Usage?.ReasoningTokens ?? 0));
            ReasoningTelemetry.CallTokens.Record(input, [.. tags, new("gen_ai.token.type", "input")]);
            ReasoningTelemetry.CallTokens.Record(output, [.. tags, new("gen_ai.token.type", "output")]);
        }

        if (span is not null)
        {
            span.SetTag("gen_ai.response.finish_reasons", outcomes.Select(o => o.FinishReason ?? "unknown").ToArray());
            if (error is not null)
                span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            if (ReasoningTelemetry.CapturesContent)
                span.SetTag("gen_ai.output.messages", JsonSerializer.Serialize(outcomes.Select(o => o.Text)));
        }

        if (error is not null)
            tags.Add("error.type", error);
        ReasoningTelemetry.CallDuration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, tags);
    }
}
