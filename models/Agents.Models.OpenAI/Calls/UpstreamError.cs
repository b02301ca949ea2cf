using System.Globalization;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>The upstream's own account of a failure, read from whatever it sent.</summary>
/// <param name="Message">Its message, or the beginning of the body.</param>
/// <param name="Code">Its code or type, or null.</param>
/// <param name="Parameter">The parameter at fault, or null.</param>
/// <param name="Status">A status inside the body, or null.</param>
internal sealed record UpstreamError(string Message, string? Code, string? Parameter, int? Status)
{
    private const int MaxBody = 300;

    /// <summary>Reads an error body: OpenAI's shape, a bare string, FastAPI's <c>detail</c>, or anything else as text.</summary>
    public static UpstreamError Read(BinaryData body, int status)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.ToMemory());
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                JsonElement error = root.TryGetProperty("error", out JsonElement inner) && inner.ValueKind != JsonValueKind.Null ? inner : root;
                if (From(error) is { } known)
                    return known;
            }
        }
        catch (JsonException)
        {
            // Not JSON: an HTML page or plain text, whose beginning is the message.
        }

        string text = Encoding.UTF8.GetString(body.ToMemory().Span[..Math.Min(body.ToMemory().Length, 4 * MaxBody)]).Trim();
        return new UpstreamError(text.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"The upstream answered {status} without a body.") : Shorten(text), null, null, null);
    }

    /// <summary>Reads the value of an <c>error</c> field; null when it says nothing.</summary>
    public static UpstreamError? From(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
            return new UpstreamError(Shorten(error.GetString()!), null, null, null);
        if (error.ValueKind != JsonValueKind.Object)
            return null;
        string? message = Text(error, "message") ?? Text(error, "detail") ?? Text(error, "error");
        return message is null ? null : new UpstreamError(Shorten(message), Text(error, "code") ?? Text(error, "type"), Text(error, "param"), StatusIn(error));
    }

    /// <summary>The failure, its kind from the status.</summary>
    /// <param name="status">The HTTP status, or the one inside a 200.</param>
    public Attempt ToAttempt(int status)
    {
        // A spent quota is a 429 that no waiting cures.
        bool spent = Code is "insufficient_quota" or "billing_hard_limit_reached";
        bool filtered = Code is "content_filter" or "content_policy_violation";
        CallFailureKind kind = filtered ? CallFailureKind.Filtered : status switch
        {
            401 or 403 => CallFailureKind.Unauthorized,
            404 => CallFailureKind.ModelNotFound,
            408 => CallFailureKind.TimedOut,
            429 => CallFailureKind.RateLimited,
            >= 400 and < 500 => CallFailureKind.InvalidRequest,
            >= 500 => CallFailureKind.Unavailable,
            _ => CallFailureKind.Other,
        };
        bool mayRetry = !spent && !filtered && status is 408 or 429 or >= 500;
        return Attempt.Failed(kind, Message, status, mayRetry) with { Parameter = Parameter };
    }

    private static int? StatusIn(JsonElement error)
    {
        foreach (string name in (ReadOnlySpan<string>)["status", "code"])
        {
            if (error.TryGetProperty(name, out JsonElement value)
                && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
                && status is >= 400 and < 600)
                return status;
        }

        return null;
    }

    private static string? Text(JsonElement error, string name) =>
        !error.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? value.GetRawText() : null;

    private static string Shorten(string text) => text.Length <= MaxBody ? text : text[..MaxBody] + "…";
}
