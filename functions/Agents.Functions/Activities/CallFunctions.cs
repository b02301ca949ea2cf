using System.Text.Json;
using Agents.Hosting.Durable;
using Microsoft.Azure.Functions.Worker;

namespace Agents.Functions.Activities;

/// <summary>The activities of runs: a model call, and the cancelling of calls that nobody waits for.</summary>
public sealed class CallFunctions(CallMaker maker, CallCancellation cancellation)
{
    /// <summary>The name of the activity that makes a model call.</summary>
    public const string CallName = "CallModel";

    /// <summary>The name of the activity that cancels calls.</summary>
    public const string CancelName = "CancelCalls";

    /// <summary>Makes a model call; gives back the key it was given, with the outcome.</summary>
    [Function(CallName)]
    public Task<JsonElement> CallAsync([ActivityTrigger] JsonElement ticket, CancellationToken cancellationToken) => maker.MakeAsync(ticket, cancellationToken);

    /// <summary>Cancels calls, given by their identity among all runs.</summary>
    /// <returns>How many were named.</returns>
    [Function(CancelName)]
    public int Cancel([ActivityTrigger] JsonElement ids)
    {
        string[] named = ids.Deserialize<string[]>() ?? [];
        cancellation.Cancel(named);
        return named.Length;
    }
}
