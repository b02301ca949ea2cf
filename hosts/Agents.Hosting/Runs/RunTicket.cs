using System.Text.Json;
using Agents.Hosting.Requests;
using Agents.Reasoning;

namespace Agents.Hosting.Runs;

/// <summary>
/// What is kept of a request: its body, and the limits it was accepted under. A job that is taken up again must be the same run,
/// or its journal would not fit, whatever the configuration says by then.
/// </summary>
public static class RunTicket
{
    /// <summary>The ticket as text.</summary>
    /// <param name="operation">What was asked for, <see cref="Operations.Operation"/>.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="limits">The limits it was accepted under.</param>
    public static string Write(string operation, JsonElement body, BudgetLimits limits) => Json.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("operation", operation);
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

    /// <summary>What a ticket says.</summary>
    public static (string Operation, JsonElement Body, BudgetLimits Limits) Read(string ticket)
    {
        JsonElement root = JsonElement.Parse(ticket);
        JsonElement limits = root.GetProperty("limits");
        // A ticket written before there were steps is a question's.
        string operation = Parameters.Find(root, "operation")?.GetString() ?? Operations.Operation.Reason;
        return (operation, root.GetProperty("body"), new BudgetLimits
        {
            Calls = Parameters.Find(limits, "calls")?.GetInt32(),
            Tokens = Parameters.Find(limits, "tokens")?.GetInt64(),
            Cost = Parameters.Find(limits, "cost")?.GetDecimal(),
            Time = Parameters.Find(limits, "ticks") is { } ticks ? TimeSpan.FromTicks(ticks.GetInt64()) : null,
        });
    }
}
