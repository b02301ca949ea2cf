namespace Agents.Hosting.Requests;

/// <summary>A request that is answered with an error. The message is for the client: it says what was wrong, where, and what would be right.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="type">The class of error, in OpenAI's words.</param>
/// <param name="message">What is wrong.</param>
/// <param name="param">The parameter at fault, or null.</param>
/// <param name="code">A code for programs, or null.</param>
public sealed class ApiException(int status, string type, string message, string? param = null, string? code = null) : Exception(message)
{
    public int Status => status;

    public string Type => type;

    public string? Param => param;

    public string? Code => code;

    /// <summary>When to come back, for statuses that say so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Something about the request is wrong.</summary>
    public static ApiException Invalid(string? param, string message, string code = "invalid_value") => new(400, "invalid_request_error", message, param, code);

    /// <summary>A parameter that this server does not have, or not for this model or strategy.</summary>
    public static ApiException Unsupported(string param, string message) => new(400, "invalid_request_error", message, param, "unsupported_parameter");

    /// <summary>Too much at once.</summary>
    public static ApiException TooMany(string message, string code, TimeSpan retryAfter) => new(429, "rate_limit_error", message, null, code) { RetryAfter = retryAfter };

    /// <summary>The body is larger than the server takes.</summary>
    public static ApiException TooLarge(long most) => new(413, "invalid_request_error", $"The body is larger than the {most} bytes that this server takes.", null, "request_too_large");

    /// <summary>There is nothing of that name, or it is someone else's.</summary>
    public static ApiException NotFound(string message, string code = "not_found") => new(404, "invalid_request_error", message, null, code);
}
