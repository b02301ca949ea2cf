namespace Agents.Models.Embedded;

/// <summary>How an embedded model is run.</summary>
public sealed class EmbeddedModelOptions
{
    /// <summary>Threads that generate, 1–256. Default: the machine's cores. The texts do not depend on it.</summary>
    public int Threads { get; init; } = Math.Min(256, Environment.ProcessorCount);

    /// <summary>
    /// Samples that one thread steps together, 1–256; the others wait their turn. Default 8: the keys and values of more leave a
    /// core's second cache. The texts do not depend on it.
    /// </summary>
    public int RowsPerThread { get; init; } = 8;

    /// <summary>Tokens whose keys and values are kept for prompts with the same beginning, 0–1048576, in steps of 16; 0 for none. Default 8192.</summary>
    public int PrefixCacheTokens { get; init; } = 8192;

    /// <summary>
    /// Hold INT8 weights as 32-bit numbers: four times the memory, in most cases slower. Default false. Logits differ in the last
    /// bits from those of INT8 weights.
    /// </summary>
    public bool ExpandWeights { get; init; }

    internal void Validate()
    {
        Check(Threads, 1, 256, nameof(Threads));
        Check(RowsPerThread, 1, 256, nameof(RowsPerThread));
        Check(PrefixCacheTokens, 0, 1 << 20, nameof(PrefixCacheTokens));
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {most}.");
    }
}
