using System.Text.Json;
using Agents.Reasoning.Sqlite;
using Microsoft.AspNetCore.Http;

namespace Agents.Server.Jobs;

/// <summary>Jobs as JSON, with the field names of Durable Functions, so that one client works on both.</summary>
internal static class JobJson
{
    /// <summary>Where a job can be asked about.</summary>
    public static string UriOf(HttpRequest request, string id) => $"{request.Scheme}://{request.Host}/api/reason/{id}";

    /// <summary>What a client gets that is to come back later.</summary>
    public static byte[] Accepted(HttpRequest request, string id) => Json.Utf8(json =>
    {
        string uri = UriOf(request, id);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("statusQueryGetUri", uri);
        json.WriteString("sendEventPostUri", uri + "/raiseEvent/{eventName}");
        json.WriteString("terminatePostUri", uri + "/terminate?reason={text}");
        json.WriteString("purgeHistoryDeleteUri", uri);
        json.WriteString("eventsGetUri", uri + "/events");
        json.WriteEndObject();
    });

    /// <summary>Where a job stands.</summary>
    /// <param name="record">The job.</param>
    /// <param name="job">It, where it is in work in this process; else null.</param>
    public static byte[] Status(JobRecord record, Job? job) => Json.Utf8(json => WriteStatus(json, record, job, isWhole: true));

    /// <summary>A list of jobs, without what they were asked and what came of them.</summary>
    public static byte[] List(IReadOnlyList<JobRecord> records) => Json.Utf8(json =>
    {
        json.WriteStartArray();
        foreach (JobRecord record in records)
            WriteStatus(json, record, null, isWhole: false);
        json.WriteEndArray();
    });

    private static void WriteStatus(Utf8JsonWriter json, JobRecord record, Job? job, bool isWhole)
    {
        var ticket = RunTicket.Read(record.Request);
        json.WriteStartObject();
        json.WriteString("name", ticket.Operation);
        json.WriteString("instanceId", record.Id);
        json.WriteString("runtimeStatus", record.Status.ToString());
        json.WriteString("createdTime", DateTimeOffset.FromUnixTimeMilliseconds(record.Created));
        json.WriteString("lastUpdatedTime", DateTimeOffset.FromUnixTimeMilliseconds(record.Updated));
        if (isWhole)
        {
            json.WritePropertyName("input");
            ticket.Body.WriteTo(json);
            json.WritePropertyName("customStatus");
            if (!record.HasEnded && job?.Waiting is { } waiting)
                json.WriteRawValue(waiting);
            else
                json.WriteStringValue(job?.Feed.Progress);
            json.WritePropertyName("output");
            json.WriteRawValue(record.Output ?? "null");
        }

        json.WriteEndObject();
    }
}
