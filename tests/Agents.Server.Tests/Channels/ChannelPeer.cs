using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Server.Tests.Channels;

/// <summary>
/// The other side of the channel on loopback: a Connector that takes replies, an endpoint that gives the agent its token, and an issuer
/// that publishes its keys. Records everything; what it answers a test decides.
/// </summary>
public sealed class ChannelPeer : IAsyncDisposable
{
    /// <summary>The token that the agent is given.</summary>
    public const string AgentToken = "canary-agent-token-51d0";

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<ReceivedActivity> received = [];
    private readonly List<(Func<IReadOnlyList<ReceivedActivity>, bool> Reached, TaskCompletionSource Signal)> waits = [];

    private ChannelPeer(WebApplication app) => this.app = app;

    /// <summary>The address for <c>serviceUrl</c>.</summary>
    public string Url => app.Urls.First();

    /// <summary>The issuer's metadata.</summary>
    public string MetadataAddress => Url + "/metadata";

    /// <summary>The endpoint for the agent's token.</summary>
    public string TokenEndpoint => Url + "/token";

    /// <summary>The keys that the issuer publishes.</summary>
    public TestKeys Keys { get; set; } = new();

    /// <summary>Bodies of requests for a token.</summary>
    public List<string> TokenRequests { get; } = [];

    /// <summary>Decides how a reply is answered: a status and a body; null for 201 with an id.</summary>
    public Func<ReceivedActivity, (int Status, string Body)?> Answer { get; set; } = _ => null;

    /// <summary>Whether the issuer gives nothing but errors.</summary>
    public bool IsOutOfReach { get; set; }

    /// <summary>Where replies are sent on to; null for nowhere.</summary>
    public string? Redirect { get; set; }

    /// <summary>The replies so far.</summary>
    public IReadOnlyList<ReceivedActivity> Received
    {
        get
        {
            lock (gate)
                return [.. received];
        }
    }

    /// <summary>Starts it.</summary>
    public static async Task<ChannelPeer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var peer = new ChannelPeer(builder.Build());
        peer.app.UseRouting();
        peer.app.MapPost("/v3/conversations/{id}/activities", peer.TakeAsync);
        peer.app.MapPost("/token", peer.GiveTokenAsync);
        peer.app.MapGet("/metadata", (HttpContext context) => peer.IsOutOfReach ? Task.FromResult(context.Response.StatusCode = 500) : context.Response.WriteAsync($$"""{"issuer":"https://issuer.test","jwks_uri":"{{peer.Url}}/keys"}"""));
        peer.app.MapGet("/keys", (HttpContext context) => context.Response.WriteAsync(peer.Keys.Published()));
        await peer.app.StartAsync();
        return peer;
    }

    /// <summary>Completes once the replies are as a test waits for.</summary>
    public Task WhenAsync(Func<IReadOnlyList<ReceivedActivity>, bool> reached)
    {
        lock (gate)
        {
            if (reached(received))
                return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waits.Add((reached, signal));
            return signal.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Waits for the first message and gives it.</summary>
    public async Task<JsonElement> MessageAsync(int number = 1)
    {
        await WhenAsync(all => all.Count(a => a.Type == "message") >= number);
        return Received.Where(a => a.Type == "message").ElementAt(number - 1).Body;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string id)
    {
        using var reader = new StreamReader(context.Request.Body);
        ReceivedActivity activity;
        lock (gate)
            activity = new ReceivedActivity(received.Count + 1, Uri.UnescapeDataString(id), default, context.Request.Headers.Authorization.ToString());
        activity = activity with { Body = JsonElement.Parse(await reader.ReadToEndAsync()) };
        (int Status, string Body)? answer = Answer(activity);
        context.Response.StatusCode = answer?.Status ?? (Redirect is null ? 201 : 307);
        if (Redirect is not null)
            context.Response.Headers.Location = Redirect + context.Request.Path;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer?.Body ?? $$"""{"id":"sent-{{activity.Number}}"}""");
        lock (gate)
        {
            received.Add(activity);
            foreach ((Func<IReadOnlyList<ReceivedActivity>, bool> reached, TaskCompletionSource signal) in waits)
            {
                if (reached(received))
                    signal.TrySetResult();
            }
        }
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        lock (gate)
            TokenRequests.Add(reader.ReadToEndAsync().GetAwaiter().GetResult());
        await context.Response.WriteAsync($$"""{"token_type":"Bearer","expires_in":3600,"access_token":"{{AgentToken}}"}""");
    }
}

/// <summary>A reply that arrived.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Conversation">The conversation in its address.</param>
/// <param name="Body">The activity.</param>
/// <param name="Authorization">The header.</param>
public sealed record ReceivedActivity(int Number, string Conversation, JsonElement Body, string Authorization)
{
    /// <summary>The activity's type.</summary>
    public string Type => Body.GetProperty("type").GetString()!;

    /// <summary>The activity's text; empty where there is none.</summary>
    public string Text => Body.TryGetProperty("text", out JsonElement text) ? text.GetString()! : "";

    /// <summary>The entity that makes it part of a stream, or null.</summary>
    public JsonElement? Stream => Body.TryGetProperty("entities", out JsonElement all) ? all.EnumerateArray().Where(e => e.GetProperty("type").GetString() == "streaminfo").Cast<JsonElement?>().FirstOrDefault() : null;

    /// <summary>What part of a stream it is, or null.</summary>
    public string? StreamType => Stream?.GetProperty("streamType").GetString();

    /// <summary>Whether it is marked as written by a model.</summary>
    public bool IsLabelled => Body.TryGetProperty("entities", out JsonElement all) && all.EnumerateArray().Any(e => e.TryGetProperty("additionalType", out JsonElement types) && types[0].GetString() == "AIGeneratedContent");

    /// <summary>The card, or null.</summary>
    public JsonElement? Card => Body.TryGetProperty("attachments", out JsonElement all) ? all[0].GetProperty("content") : null;
}
