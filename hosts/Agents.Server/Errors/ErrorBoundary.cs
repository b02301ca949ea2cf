using System.Globalization;
using Agents.Server.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Agents.Server;

/// <summary>The one place where exceptions become answers. An error of ours tells the client its request id and nothing else.</summary>
internal sealed class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string id = context.RequestId();
        context.Response.Headers["x-request-id"] = id;
        try
        {
            await next(context);
        }
        catch (ApiException e)
        {
            await AnswerAsync(context, e);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiException.TooLarge(context.ServerOptions().MaxBodyBytes)
                : new ApiException(e.StatusCode, "invalid_request_error", "The request is no HTTP that can be read.", null, "bad_request"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
        }
        catch (Exception e)
        {
            // The message stays out: it may repeat what a request or a configuration said.
            log.LogError("Request {RequestId} failed with {ErrorType} at {Stack}", id, e.GetType().FullName, e.StackTrace);
            await AnswerAsync(context, new ApiException(500, "server_error", $"The server failed; its log says more under {id}.", null, "internal_error"));
        }
    }

    private static async Task AnswerAsync(HttpContext context, ApiException error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        bool isProblem = context.Request.Path.StartsWithSegments("/api");
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = isProblem ? "application/problem+json" : "application/json";
        if (error.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        // The rest of such a body is not read: a client must not send its next request behind it.
        if (error.Status == StatusCodes.Status413PayloadTooLarge)
            context.Response.Headers.Connection = "close";
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        byte[] body = isProblem ? ErrorJson.Problem(error) : context.Request.Path.StartsWithSegments(McpEndpoint.Path) ? McpErrorJson.Of(error) : ErrorJson.OpenAI(error);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
