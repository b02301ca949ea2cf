using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.Jobs;

/// <summary>
/// What is kept of a request: its body, and the limits it was accepted under. A job that is taken up again must be the same run,
/// or its journal would not fit, whatever the configuration says by then.
/// </summary>
internal static class JobTicket
{
    public static string Write(JsonElement body, BudgetLimits limits) => Json.Text(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("body");
        body.WriteTo(json);
        json.WriteStartObject("limits");
        if (limits.Calls is { } calls)
            json.WriteNumber("calls", calls);
        if (limits.Tokens is { } tokens)
            json.WriteNumber("tokens", tokens);
        if (limits.Cost is { } cost)
            json.WriteNumber("cost", cost);
        if (limits.Time is { } time)
            json.WriteNumber("ticks", time.Ticks);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static (JsonElement Body, BudgetLimits Limits) Read(string ticket)
    {
        JsonElement root = JsonElement.Parse(ticket);
        JsonElement limits = root.GetProperty("limits");
        return (root.GetProperty("body"), new BudgetLimits
        {
            Calls = Parameters.Find(limits, "calls")?.GetInt32(),
            Tokens = Parameters.Find(limits, "tokens")?.GetInt64(),
            Cost = Parameters.Find(limits, "cost")?.GetDecimal(),
            Time = Parameters.Find(limits, "ticks") is { } ticks ? TimeSpan.FromTicks(ticks.GetInt64()) : null,
        });
    }
}
