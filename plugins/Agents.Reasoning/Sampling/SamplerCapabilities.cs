namespace Agents.Reasoning;

/// <summary>What a model can do. Declared or probed; never assumed.</summary>
public sealed record SamplerCapabilities
{
    /// <summary>Nothing declared: single calls, no log-probabilities, no seed.</summary>
    public static SamplerCapabilities None { get; } = new();

    /// <summary>The most samples one request can return; 1 where the model ignores or refuses <c>n</c>.</summary>
    public int MaxSamplesPerRequest { get; init; } = 1;

    /// <summary>Token log-probabilities are returned.</summary>
    public bool LogProbabilities { get; init; }

    /// <summary>Equal seeds give equal samples, as far as the backend allows.</summary>
    public bool Seed { get; init; }

    /// <summary>Stop strings are honoured while generating.</summary>
    public bool StopSequences { get; init; }

    /// <summary>A partial assistant turn can be continued.</summary>
    public bool ContinueAssistant { get; init; }

    /// <summary>A sample is given up while it runs where its confidence falls below <see cref="SampleOptions.ConfidenceFloor"/>.</summary>
    public bool ConfidenceFloor { get; init; }

    /// <summary>Thinking is ended after <see cref="SampleOptions.MaxThinkingTokens"/>, and the reply goes on after it.</summary>
    public bool ThinkingCap { get; init; }

    /// <summary>A given text is read with its log-probabilities, <see cref="SampleOptions.ScoredText"/>.</summary>
    public bool ScoresText { get; init; }

    /// <summary>A JSON schema for the reply is enforced.</summary>
    public bool ResponseSchema { get; init; }

    /// <summary>Token usage is reported for every call.</summary>
    public bool Usage { get; init; }
}
