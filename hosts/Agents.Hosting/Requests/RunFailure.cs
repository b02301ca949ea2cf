using Agents.Reasoning;

namespace Agents.Hosting.Requests;

/// <summary>What a run without an answer is to the client. The upstream's own words are repeated; its credentials are the operator's affair.</summary>
public static class RunFailure
{
    public static ApiException Of(ReasoningResult result)
    {
        string message = result.Failure ?? "No answer could be reached.";
        CallFailure? failure = result.Candidates.Select(c => c.Sample.Failure).FirstOrDefault(f => f is not null && f.Kind != CallFailureKind.BudgetExhausted)
            ?? result.Candidates.Select(c => c.Sample.Failure).FirstOrDefault(f => f is not null);
        if (result.StopReason is StopReason.BudgetTime)
            return new ApiException(504, "server_error", message, null, "budget_time");
        if (result.StopReason is StopReason.BudgetCalls or StopReason.BudgetTokens or StopReason.BudgetCost || failure?.Kind == CallFailureKind.BudgetExhausted)
            return new ApiException(400, "invalid_request_error", message, null, "budget_exhausted");
        return failure?.Kind switch
        {
            CallFailureKind.RateLimited => new ApiException(429, "rate_limit_error", message, null, "upstream_rate_limited") { RetryAfter = TimeSpan.FromSeconds(5) },
            CallFailureKind.InvalidRequest or CallFailureKind.Unsupported => new ApiException(400, "invalid_request_error", message, null, "upstream_invalid_request"),
            CallFailureKind.Filtered => new ApiException(400, "invalid_request_error", message, null, "content_filter"),
            CallFailureKind.Unauthorized => new ApiException(502, "server_error", "The upstream refused the server's credentials: " + message, null, "upstream_unauthorized"),
            CallFailureKind.ModelNotFound => new ApiException(502, "server_error", message, null, "upstream_model_not_found"),
            CallFailureKind.TimedOut => new ApiException(504, "server_error", message, null, "upstream_timeout"),
            null => new ApiException(422, "invalid_request_error", message, null, "no_answer"),
            _ => new ApiException(502, "server_error", message, null, "upstream_unavailable"),
        };
    }
}
