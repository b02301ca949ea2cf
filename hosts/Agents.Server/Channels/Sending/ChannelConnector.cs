using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Channels;

/// <summary>Sends activities to the channel's Connector, with the agent's token where it has one. Thread-safe.</summary>
/// <param name="http">Follows no redirects.</param>
/// <param name="credential">The agent's credential; null for an anonymous agent, which sends no token.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures are said, without content.</param>
internal sealed class ChannelConnector(HttpClient http, ChannelCredential? credential, TimeProvider time, ILogger<ChannelConnector> log)
{
    private const int MaxAttempts = 4;
    private const int MaxErrorCharacters = 2000;
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(30);

    /// <summary>Sends one activity once. Never throws for what the channel or the network does.</summary>
    public async Task<Sent> SendAsync(Activity to, JsonObject activity, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(to)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(activity.ToJsonString())) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (credential is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await credential.TokenAsync(cancellationToken));
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                credential?.Forget();
            string body = await response.Content.ReadAsStringAsync(cancellationToken);
            var sent = new Sent((int)response.StatusCode, response.IsSuccessStatusCode ? IdIn(body) : null, response.IsSuccessStatusCode ? "" : body[..Math.Min(body.Length, MaxErrorCharacters)], response.Headers.RetryAfter?.Delta);
            if (!sent.IsOk)
                log.LogWarning("The channel {Channel} refused an activity of type {Type} with {Status}", to.ChannelId, activity["type"], sent.Status);
            return sent;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            log.LogWarning("The channel {Channel} could not be reached: {ErrorType}", to.ChannelId, e.GetType().Name);
            return new Sent(0, null, "", null);
        }
    }

    /// <summary>Sends one activity, again where the channel is busy or out of reach: an answer is not to be lost for a moment's trouble.</summary>
    public async Task<Sent> SendSurelyAsync(Activity to, JsonObject activity, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            Sent sent = await SendAsync(to, activity, cancellationToken);
            if (attempt == MaxAttempts || sent.Status is not (0 or 401 or 429 or 502 or 503 or 504))
                return sent;
            TimeSpan wait = sent.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
            await Task.Delay(wait < longestWait ? wait : longestWait, time, cancellationToken);
        }
    }

    private static Uri AddressOf(Activity to) => new($"{to.ServiceUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v3/conversations/{Uri.EscapeDataString(to.ConversationId)}/activities");

    private static string? IdIn(string body)
    {
        try
        {
            return body.Length > 0 && JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } answer && Parameters.Find(answer, "id") is { ValueKind: JsonValueKind.String } id ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What came of sending.</summary>
/// <param name="Status">The HTTP status; 0 where nothing was reached.</param>
/// <param name="Id">The id that the channel gave the activity.</param>
/// <param name="Error">What the channel said where it refused.</param>
/// <param name="RetryAfter">When to come back.</param>
internal sealed record Sent(int Status, string? Id, string Error, TimeSpan? RetryAfter)
{
    public bool IsOk => Status is >= 200 and < 300;
}
