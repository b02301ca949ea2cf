namespace Agents.Models.Embedded;

/// <summary>A prompt and the samples that wait for it: run once, whoever asked and however many do.</summary>
internal sealed class PendingPrompt(string key, int[] tokens)
{
    /// <summary>The tokens as a key.</summary>
    public string Key { get; } = key;

    public int[] Tokens { get; } = tokens;

    /// <summary>Samples that wait to join a batch. Guarded by the decoder's gate.</summary>
    public Queue<BatchRow> Waiting { get; } = new();

    /// <summary>Its keys and values, once it was run; shared by its samples.</summary>
    public KeyValueSequence? Sequence { get; set; }

    /// <summary>The logits of the first generated token, once it was run.</summary>
    public float[] Logits { get; set; } = [];

    /// <summary>Tokens that came from the prefix cache.</summary>
    public int CachedTokens { get; set; }
}
