namespace Agents.Hosting.Runs;

/// <summary>What one caller may use.</summary>
public sealed record CallerLimits
{
    /// <summary>Samples that a request may ask for. Default 64.</summary>
    public int MaxSamples { get; init; } = 64;

    /// <summary>Model calls of one request, whatever its strategy does. Default 256.</summary>
    public int MaxCalls { get; init; } = 256;

    /// <summary>Tokens of one request, in and out, over all its calls; null for none. A limit caps replies that state no cap of their own at 1,024 tokens.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Wall-clock seconds of one request. Default 600.</summary>
    public double MaxSeconds { get; init; } = 600;

    /// <summary>Money of one request, by the models' prices; null for none.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Requests in work at once; the next one gets a 429. Default 32.</summary>
    public int MaxConcurrency { get; init; } = 32;

    /// <summary>Tokens over all requests a minute; null for none. The request that goes over is served, the next ones get a 429.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Jobs that may wait or be in work at once. Default 64.</summary>
    public int MaxJobs { get; init; } = 64;
}
