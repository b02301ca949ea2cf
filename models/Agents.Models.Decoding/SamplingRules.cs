using System.Text;
using Agents.Reasoning;

namespace Agents.Models.Decoding;

/// <summary>How the tokens of one text are chosen, and where it ends. Checked.</summary>
internal sealed record SamplingRules
{
    /// <summary>Softmax temperature; 0 takes the most likely token, the lowest number on a tie.</summary>
    public double Temperature { get; init; }

    /// <summary>Sample from this many most likely tokens; null for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Sample from the most likely tokens that together have this mass, in (0, 1); null for all.</summary>
    public double? TopP { get; init; }

    /// <summary>Cap on generated tokens, the one that ends the turn included; null for what the context holds.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>UTF-8 of the strings at which the text ends.</summary>
    public IReadOnlyList<byte[]> Stops { get; init; } = [];

    public bool WantsLogProbabilities { get; init; }

    /// <summary>Alternatives reported for each token, 0–20.</summary>
    public int Alternatives { get; init; }

    /// <summary>Where the text is given up for its low confidence; null for nowhere.</summary>
    public ConfidenceFloor? Floor { get; init; }

    /// <summary>Tokens of thinking after which it is ended; null for no cap.</summary>
    public int? MaxThinking { get; init; }

    /// <summary>The rules that options ask for, the model's own where they ask for none.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static SamplingRules From(SampleOptions options, GenerationConfig standard)
    {
        if (options.Temperature is { } temperature && !(temperature >= 0 && double.IsFinite(temperature)))
            throw new ArgumentException($"Temperature is {temperature}; it must be 0 or more.");
        if (options.TopP is { } mass && !(mass > 0 && mass <= 1))
            throw new ArgumentException($"TopP is {mass}; it must be in (0, 1].");
        if (options.TopK < 1)
            throw new ArgumentException($"TopK is {options.TopK}; it must be at least 1.");
        if (options.MaxOutputTokens < 1)
            throw new ArgumentException($"MaxOutputTokens is {options.MaxOutputTokens}; it must be at least 1.");
        if (options.TopLogProbabilities is < 0 or > 20)
            throw new ArgumentException($"TopLogProbabilities is {options.TopLogProbabilities}; it must be 0 to 20.");
        if (options.MaxThinkingTokens < 0)
            throw new ArgumentException($"MaxThinkingTokens is {options.MaxThinkingTokens}; it must be 0 or more.");
        options.ConfidenceFloor?.Validate();
        return new SamplingRules
        {
            Temperature = options.Temperature ?? standard.Temperature,
            TopK = options.TopK ?? standard.TopK,
            TopP = (options.TopP ?? standard.TopP) is { } p and < 1 ? p : null,
            MaxTokens = options.MaxOutputTokens,
            Stops = [.. options.StopSequences.Where(s => s.Length > 0).Select(Encoding.UTF8.GetBytes)],
            WantsLogProbabilities = options.LogProbabilities,
            Alternatives = options.TopLogProbabilities,
            Floor = options.ConfidenceFloor,
            MaxThinking = options.MaxThinkingTokens,
        };
    }
}
