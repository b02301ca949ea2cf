using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>A model behind an OpenAI-compatible or Azure (v1) endpoint. Validated when a sampler or a client is made of it.</summary>
/// <param name="Model">The model's name, or the deployment's on Azure; not empty.</param>
public sealed record OpenAIModelOptions(string Model)
{
    /// <summary>The endpoint of OpenAI itself.</summary>
    public static Uri DefaultEndpoint { get; } = new("https://api.openai.com/v1");

    /// <summary>The base address, up to and without <c>/chat/completions</c>; http or https, without user information.</summary>
    public Uri Endpoint { get; init; } = DefaultEndpoint;

    /// <summary>How requests are authenticated. Default: not at all.</summary>
    public OpenAICredential Credential { get; init; } = OpenAICredential.None;

    /// <summary>Requests in flight at the upstream, 1–100,000. Models that share an upstream share the smallest of their limits. Default 64.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>Requests a minute, at least 1; null for no limit. Shared like <see cref="MaxConcurrency"/>.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute, at least 1; null for no limit. Booked as replies report them. Shared like <see cref="MaxConcurrency"/>.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>The time one attempt may take, more than 0; for a stream, the time to its start and between its parts. Default 10 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Further attempts after a 408, 429, 5xx or a broken connection, 0–20. Default 4. An attempt that ran into <see cref="Timeout"/> is not repeated: it was paid for.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The median wait before the first retry, more than 0; it doubles with each, with jitter. Default 500 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait that a <c>Retry-After</c> is believed, more than 0. Default 120 s.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether <c>n</c> is used; null for <see cref="ChoicesMode.On"/> at OpenAI and Azure, <see cref="ChoicesMode.Off"/> elsewhere.</summary>
    public ChoicesMode? Choices { get; init; }

    /// <summary>The most choices asked for in one request where <c>n</c> is used, 1–128. Default 128.</summary>
    public int MaxChoicesPerRequest { get; init; } = 128;

    /// <summary>The name of the token limit, <c>max_tokens</c> or <c>max_completion_tokens</c>; null for the latter at OpenAI and Azure, the former elsewhere.</summary>
    public string? TokenLimitParameter { get; init; }

    /// <summary>True for servers that continue a partial assistant turn only when told to (vLLM, SGLang): sends <c>continue_final_message</c>.</summary>
    public bool SendContinueFlags { get; init; }

    /// <summary>What the model is known to do; null for what is known of the endpoint. What replies show is added to it; the samples per request follow from <see cref="Choices"/>.</summary>
    public SamplerCapabilities? Capabilities { get; init; }

    /// <summary>True at OpenAI itself and on Azure, where <c>n</c> is honoured and the API is the documented one.</summary>
    public bool IsOfficial =>
        Endpoint.Host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase)
        || Endpoint.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase)
        || Endpoint.Host.EndsWith(".services.ai.azure.com", StringComparison.OrdinalIgnoreCase)
        || Endpoint.Host.EndsWith(".cognitiveservices.azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Model and place, without secrets: <c>openai:MODEL@HOST[:PORT]/PATH</c>.</summary>
    public string ModelId => $"openai:{Model}@{Endpoint.Authority}{Endpoint.AbsolutePath.TrimEnd('/')}";

    internal ChoicesMode EffectiveChoices => Choices ?? (IsOfficial ? ChoicesMode.On : ChoicesMode.Off);

    internal string EffectiveTokenLimit => TokenLimitParameter ?? (IsOfficial ? "max_completion_tokens" : "max_tokens");

    // Seed and stop strings are sent to every server: one that does not know a field ignores it or says so, and stop strings
    // are cut here in any case.
    internal SamplerCapabilities EffectiveCapabilities => Capabilities ?? new SamplerCapabilities
    {
        Seed = true,
        StopSequences = true,
        LogProbabilities = IsOfficial,
        ResponseSchema = IsOfficial,
        Usage = IsOfficial,
    };

    internal OpenAIModelOptions Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Model), nameof(Model), "must name a model");
        Require(Endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(Endpoint), "must be an absolute http or https address");
        Require(Endpoint.UserInfo.Length == 0, nameof(Endpoint), "must not carry user information; set Credential");
        Require(Credential is not null, nameof(Credential), "must not be null; use OpenAICredential.None");
        Require(!Credential!.NeedsHttps || Endpoint.Scheme == "https", nameof(Endpoint), "must be https, because tokens are sent to it");
        Require(MaxConcurrency is >= 1 and <= 100_000, nameof(MaxConcurrency), "must be 1–100000");
        Require(RequestsPerMinute is null or >= 1, nameof(RequestsPerMinute), "must be at least 1");
        Require(TokensPerMinute is null or >= 1, nameof(TokensPerMinute), "must be at least 1");
        Require(Timeout > TimeSpan.Zero && Timeout < TimeSpan.FromDays(24), nameof(Timeout), "must be more than 0 and less than 24 days");
        Require(MaxRetries is >= 0 and <= 20, nameof(MaxRetries), "must be 0–20");
        Require(RetryDelay > TimeSpan.Zero && RetryDelay <= TimeSpan.FromMinutes(1), nameof(RetryDelay), "must be more than 0 and at most a minute");
        Require(MaxRetryAfter > TimeSpan.Zero && MaxRetryAfter <= TimeSpan.FromHours(1), nameof(MaxRetryAfter), "must be more than 0 and at most an hour");
        Require(MaxChoicesPerRequest is >= 1 and <= 128, nameof(MaxChoicesPerRequest), "must be 1–128");
        Require(TokenLimitParameter is null or "max_tokens" or "max_completion_tokens", nameof(TokenLimitParameter), "must be max_tokens or max_completion_tokens");
        return this;
    }

    private static void Require(bool condition, string option, string bound)
    {
        if (!condition)
            throw new ArgumentException($"OpenAIModelOptions.{option} {bound}.", option);
    }
}
