using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>Why a model call failed, after the retries of its host.</summary>
/// <param name="Kind">The class of failure.</param>
/// <param name="Message">The upstream's own reason where there is one; never contains a secret.</param>
/// <param name="Status">The HTTP status, where there was one.</param>
public sealed record CallFailure(CallFailureKind Kind, string Message, int? Status = null);

/// <summary>Classes of call failure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallFailureKind>))]
public enum CallFailureKind
{
    /// <summary>Anything not named below.</summary>
    Other,
    /// <summary>Missing or refused credentials.</summary>
    Unauthorized,
    /// <summary>The upstream limits the rate and kept refusing.</summary>
    RateLimited,
    /// <summary>The upstream found the request itself at fault.</summary>
    InvalidRequest,
    /// <summary>No model of that name.</summary>
    ModelNotFound,
    /// <summary>The upstream failed (5xx) or could not be reached.</summary>
    Unavailable,
    /// <summary>No answer within the time limit.</summary>
    TimedOut,
    /// <summary>A reply that could not be read: malformed, empty or cut off.</summary>
    Malformed,
    /// <summary>The model or its filter refused.</summary>
    Filtered,
    /// <summary>The run's budget does not allow the call; it was never sent.</summary>
    BudgetExhausted,
    /// <summary>The model cannot do what was asked, such as log-probabilities or a role it does not play.</summary>
    Unsupported,
}
