namespace Agents.Models.Onnx;

/// <summary>
/// What a call takes beside the weights, estimated before it starts: keys and values of every position of every row (twice where
/// past and present are two buffers), and the logits that the runtime computes for every position of a prompt.
/// </summary>
internal sealed class MemoryNeed(ModelFolder folder)
{
    /// <summary>Positions of a prompt that a single row runs at once, so that the logits of a long one need not lie in memory.</summary>
    public const int PromptChunk = 512;

    /// <summary>Bytes for so many rows.</summary>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="newTokens">Tokens to generate, at most.</param>
    public long Bytes(int rows, int prompt, int newTokens)
    {
        DecoderShape shape = folder.Shape;
        long cache = 2L * shape.Layers * shape.KeyValueHeads * shape.HeadSize * folder.CacheBytesPerNumber * (prompt + newTokens) * (shape.SharesBuffer ? 1 : 2);
        int run = rows == 1 ? Math.Min(prompt, PromptChunk) : prompt;
        long logits = (long)run * shape.Vocabulary * sizeof(float);
        return rows * (cache + logits);
    }

    /// <summary>The most rows that fit, at most <paramref name="most"/>.</summary>
    /// <exception cref="ArgumentException">Not even one fits; the message has the figures.</exception>
    public int RowsWithin(long? available, int most, int prompt, int newTokens)
    {
        if (available is not { } bytes)
            return most;
        for (int rows = most; rows > 1; rows--)
        {
            if (Bytes(rows, prompt, newTokens) <= bytes)
                return rows;
        }

        long one = Bytes(1, prompt, newTokens);
        return one <= bytes ? 1 : throw new ArgumentException(
            $"A prompt of {prompt} tokens and up to {newTokens} new ones need {Megabytes(one)} MB for keys, values and logits of {folder.Name}; {Megabytes(bytes)} MB are available. Ask for fewer tokens (MaxOutputTokens), or shorten the prompt.");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N1", System.Globalization.CultureInfo.InvariantCulture);
}
