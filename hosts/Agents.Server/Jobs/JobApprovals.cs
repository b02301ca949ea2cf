using System.Globalization;
using System.Text.Json;
using Agents.Hosting.Durable;
using Agents.Hosting.Results;
using Agents.Reasoning;

namespace Agents.Server.Jobs;

/// <summary>
/// Waits for people who approve answers. The decision, and the time until which it is waited for, are kept with the job, so that
/// a restart loses neither; the answer itself is in the run's journal. Thread-safe.
/// </summary>
internal sealed class JobApprovals(ServerState state, TimeProvider time)
{
    private const string Deadline = "Approval.Until";

    /// <summary>Waits until a person has decided, or the time is over.</summary>
    /// <returns>The decision as it stands in the output.</returns>
    public async Task<JsonElement> WaitAsync(Job job, ReasoningResult result, TimeSpan wait)
    {
        string id = job.Record.Id;
        // The first time stands: a job that is taken up again waits no longer than it was to.
        await state.Jobs.AddEventAsync(id, Deadline, time.GetUtcNow().Add(wait).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        var until = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(state.Jobs.EventOf(id, Deadline)!, CultureInfo.InvariantCulture));
        job.Waiting = StatusOf(result);
        if (state.Jobs.EventOf(id, Approval.EventName) is null && until - time.GetUtcNow() is { Ticks: > 0 } rest)
        {
            try
            {
                await job.Decided.WaitAsync(rest, time, job.Cancelled);
            }
            catch (TimeoutException)
            {
                // Nobody decided in time.
            }
        }

        job.Cancelled.ThrowIfCancellationRequested();
        return state.Jobs.EventOf(id, Approval.EventName) is { } given ? Approval.Read(JsonElement.Parse(given)) : Approval.TimedOut;
    }

    /// <summary>Notes a decision, durably, and wakes the job that waits for it.</summary>
    /// <returns>Whether it is the first one, and the job has not ended.</returns>
    public async Task<bool> DecideAsync(string id, Job? job, JsonElement given)
    {
        bool isFirst = await state.Jobs.AddEventAsync(id, Approval.EventName, given.GetRawText());
        if (isFirst)
            job?.Decide();
        return isFirst;
    }

    // The same words as in the custom status of a Durable orchestration.
    private static string StatusOf(ReasoningResult result) => Json.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("phase", "waiting_for_approval");
        json.WriteNumber("calls", result.Usage.ModelCalls);
        json.WriteString("answer", result.Answer?.Text);
        json.WriteNumber("confidence", result.Confidence);
        json.WriteString("stop_reason", SnakeCase.Of(result.StopReason));
        json.WriteEndObject();
    });
}
