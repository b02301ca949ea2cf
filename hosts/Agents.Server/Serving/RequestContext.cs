using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Server;

/// <summary>What belongs to one request: its id, its caller, its body.</summary>
internal static class RequestContext
{
    private static readonly object idKey = new();

    /// <summary>The request's id, as the client gets it in <c>x-request-id</c>.</summary>
    public static string RequestId(this HttpContext context)
    {
        if (context.Items.TryGetValue(idKey, out object? known))
            return (string)known!;
        string id = "req_" + RandomNumberGenerator.GetHexString(24, lowercase: true);
        context.Items[idKey] = id;
        return id;
    }

    /// <summary>Who sent the request; the gate has asked.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request did not pass the gate.");

    /// <summary>The server's options.</summary>
    public static ServerOptions ServerOptions(this HttpContext context) => context.RequestServices.GetRequiredService<ServerOptions>();

    /// <summary>The body: a JSON object within the server's limits.</summary>
    /// <exception cref="ApiException">It is too large, no JSON, nested too deeply, or no object.</exception>
    public static async Task<RequestBody> ReadBodyAsync(this HttpContext context) => RequestBody.Parse(await BytesAsync(context), context.ServerOptions().MaxJsonDepth);

    /// <summary>The body: any JSON value within the server's limits.</summary>
    /// <exception cref="ApiException">It is too large, no JSON, or nested too deeply.</exception>
    public static async Task<JsonElement> ReadValueAsync(this HttpContext context) => RequestBody.ParseValue(await BytesAsync(context), context.ServerOptions().MaxJsonDepth);

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpContext context)
    {
        ServerOptions options = context.ServerOptions();
        // A form that a web page can post without asking is never JSON.
        if (!context.Request.HasJsonContentType())
            throw new ApiException(415, "invalid_request_error", "The body must be JSON, sent as Content-Type: application/json.", null, "unsupported_media_type");
        if (context.Request.ContentLength > options.MaxBodyBytes)
            throw ApiException.TooLarge(options.MaxBodyBytes);
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.ToArray();
    }
}
