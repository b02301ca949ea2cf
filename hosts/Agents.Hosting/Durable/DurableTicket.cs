using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Operations;
using Agents.Hosting.Requests;
using Agents.Hosting.Runs;
using Agents.Hosting.Texts;
using Agents.Reasoning;

namespace Agents.Hosting.Durable;

/// <summary>
/// The input of a durable run: what was asked, the limits it was accepted under, and what the models could do then. An orchestrator
/// plans its run anew in every replay, and must get the same one; where the app has changed meanwhile, it is refused.
/// </summary>
public sealed record DurableTicket
{
    /// <summary>The most characters of a body that stands in the ticket itself; a longer one goes by its id.</summary>
    public const int MaxInline = 2048;

    /// <summary>What was asked for, <see cref="Operation"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>The request's body.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>The limits it was accepted under.</summary>
    public required BudgetLimits Limits { get; init; }

    /// <summary>The most samples that its caller might ask for: it decides how many are drawn where the body does not say.</summary>
    public required int MaxSamples { get; init; }

    /// <summary>What the run was when it was accepted, <see cref="HeaderOf"/>.</summary>
    public required string Header { get; init; }

    /// <summary>What the models could do, by role; <c>*</c> for every other role.</summary>
    public required IReadOnlyDictionary<string, SamplerCapabilities> Capabilities { get; init; }

    /// <summary>How long a person is waited for who approves the answer; null for no approval.</summary>
    public TimeSpan? Approval { get; init; }

    /// <summary>What the model of a role could do.</summary>
    public SamplerCapabilities Can(string role) => Capabilities.GetValueOrDefault(role) ?? Capabilities["*"];

    /// <summary>The ticket of a run.</summary>
    public static DurableTicket Of(string operation, JsonElement body, RunPlan plan, int maxSamples, TimeSpan? approval = null) => new()
    {
        Operation = operation,
        Body = body,
        Limits = plan.Options.Limits,
        MaxSamples = maxSamples,
        Header = HeaderOf(plan),
        Capabilities = plan.Model.Models.Roles.Select(r => (r.Key, r.Value)).Append(("*", plan.Model.Models.Default)).ToDictionary(r => r.Item1, r => r.Item2.Capabilities, StringComparer.Ordinal),
        Approval = approval,
    };

    /// <summary>The run that the ticket stands for.</summary>
    /// <param name="planner">Plans it.</param>
    /// <param name="runId">Its identity.</param>
    /// <exception cref="JournalMismatchException">The app has changed: it would be another run.</exception>
    /// <exception cref="ApiException">The app has changed: it would be refused.</exception>
    public RunPlan Plan(OperationPlanner planner, string runId)
    {
        // Its limits were checked when it was accepted; those of today must not change it.
        var all = new CallerLimits { MaxSamples = MaxSamples, MaxCalls = int.MaxValue, MaxSeconds = 86_400 };
        RunPlan plan = planner.Plan(Operation, Body, runId, all);
        plan = plan with { Options = plan.Options with { Limits = Limits } };
        string header = HeaderOf(plan);
        return header == Header ? plan
            : throw new JournalMismatchException($"The app has changed since the run {runId} was accepted: its strategy, prompts, models or prices are others now ({header}, not {Header}).");
    }

    /// <summary>The ticket as JSON.</summary>
    public JsonElement ToJson(IRunStore store)
    {
        string body = Body.GetRawText();
        var ticket = new JsonObject { ["operation"] = Operation };
        if (body.Length <= MaxInline)
            ticket["body"] = JsonNode.Parse(body);
        else
            ticket["body_id"] = store.Put(body);
        ticket["limits"] = JsonSerializer.SerializeToNode(Limits, json);
        ticket["max_samples"] = MaxSamples;
        ticket["header"] = Header;
        ticket["capabilities"] = JsonSerializer.SerializeToNode(Capabilities, json);
        if (Approval is { } wait)
            ticket["approval_seconds"] = wait.TotalSeconds;
        return JsonElement.Parse(ticket.ToJsonString());
    }

    /// <summary>Reads a ticket.</summary>
    public static DurableTicket FromJson(JsonElement ticket, IRunStore store) => new()
    {
        Operation = ticket.GetProperty("operation").GetString()!,
        Body = ticket.TryGetProperty("body", out JsonElement body) ? body : JsonElement.Parse(store.Get(ticket.GetProperty("body_id").GetString()!)),
        Limits = ticket.GetProperty("limits").Deserialize<BudgetLimits>(json)!,
        MaxSamples = ticket.GetProperty("max_samples").GetInt32(),
        Header = ticket.GetProperty("header").GetString()!,
        Capabilities = ticket.GetProperty("capabilities").Deserialize<Dictionary<string, SamplerCapabilities>>(json)!,
        Approval = Parameters.Find(ticket, "approval_seconds") is { } wait ? TimeSpan.FromSeconds(wait.GetDouble()) : null,
    };

    /// <summary>Strategy, prompts, question, options and models of a run, in short.</summary>
    public static string HeaderOf(RunPlan plan)
    {
        RunHeader header = RunHeaders.Of(plan.Strategy, plan.Request, plan.Options, plan.Model.Models);
        return $"{header.Strategy}/{header.Fingerprint}/{header.InputHash}/{header.OptionsHash}";
    }

    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
