using System.Text;
using Microsoft.AspNetCore.Http;

namespace Agents.Testing;

/// <summary>Writes the stub's answer to a request, well or badly as the behaviour says.</summary>
internal static class StubResponder
{
    public static async Task RespondAsync(HttpContext context, StubRequest request, StubBehavior behavior)
    {
        foreach ((string name, string value) in behavior.Headers)
            context.Response.Headers[name] = value;
        if (behavior.Disconnect)
        {
            context.Abort();
        }
        else if (behavior.Status is { } status)
        {
            if (behavior.RetryAfter is { } retryAfter)
                context.Response.Headers.RetryAfter = retryAfter;
            await WriteAsync(context, status, behavior.Body ?? StubReply.Error($"stub refuses with {status}", "stub_error")).ConfigureAwait(false);
        }
        else if (behavior.Refuse.FirstOrDefault(request.Has) is { } refused)
        {
            await WriteAsync(context, 400, StubReply.Error($"Unsupported parameter: '{refused}' is not supported with this model.", "invalid_request_error", refused)).ConfigureAwait(false);
        }
        else if (behavior.Body is { } body)
        {
            await WriteAsync(context, 200, body).ConfigureAwait(false);
        }
        else if (request.IsStream)
        {
            await StreamAsync(context, request, behavior).ConfigureAwait(false);
        }
        else
        {
            byte[] json = StubReply.Completion(request, behavior);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = json.Length;
            int length = behavior.Cut ? json.Length / 2 : json.Length;
            await context.Response.Body.WriteAsync(json.AsMemory(0, length), context.RequestAborted).ConfigureAwait(false);
            if (behavior.Cut)
                throw new StubCutException();
        }
    }

    private static async Task StreamAsync(HttpContext context, StubRequest request, StubBehavior behavior)
    {
        context.Response.ContentType = "text/event-stream";
        IReadOnlyList<string> chunks = StubReply.Chunks(request, behavior);
        int length = behavior.Cut || behavior.EndStreamEarly ? chunks.Count / 2 : chunks.Count;
        int sent = 0;
        foreach (string chunk in chunks.Take(length))
        {
            await context.Response.WriteAsync($"data: {chunk}\n\n", context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            // Writes to a connection that is gone cost nothing and say nothing until the abort is signalled: a long stream, as of a
            // model that takes its time, must not be over before that.
            if (++sent % 256 == 0)
                await Task.Delay(1, context.RequestAborted).ConfigureAwait(false);
        }

        if (behavior.Cut)
            throw new StubCutException();
        if (!behavior.EndStreamEarly)
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, int status, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
