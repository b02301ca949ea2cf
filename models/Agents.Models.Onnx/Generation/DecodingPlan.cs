namespace Agents.Models.Onnx;

/// <summary>How samples of one prompt are computed.</summary>
/// <param name="Rows">Rows of a wave; 1 takes the samples one after the other.</param>
/// <param name="CanRewind">Whether samples taken one after the other share one run of the prompt.</param>
internal readonly record struct DecodingPlan(int Rows, bool CanRewind = true)
{
    /// <summary>
    /// On the CPU a batch runs the prompt once for every row, and gains only while generating: it pays where the text may be long
    /// beside the prompt. Measured, see docs/onnx.md. On an accelerator the prompt costs little, and steps cost the same for many rows.
    /// </summary>
    public const int PromptTokensPerNewToken = 2;

    /// <summary>Texts are taken to be no longer than this, because a cap is often far above what is written.</summary>
    public const int LongText = 256;

    /// <param name="options">What the caller fixed.</param>
    /// <param name="provider">Where it runs.</param>
    /// <param name="prompt">Tokens of the prompt.</param>
    /// <param name="newTokens">The cap on new tokens.</param>
    /// <param name="samples">Samples wanted.</param>
    /// <param name="fitting">Rows that fit into memory.</param>
    /// <param name="canRewind">Whether the model's cache can be taken back.</param>
    public static DecodingPlan Choose(OnnxModelOptions options, string provider, int prompt, int newTokens, int samples, int fitting, bool canRewind = true)
    {
        int most = Math.Min(Math.Min(samples, options.BatchRows), fitting);
        bool isBatch = options.Plan switch
        {
            OnnxPlan.Batch => true,
            OnnxPlan.Rewind => false,
            _ => provider != ModelRuntime.Cpu || !canRewind || prompt <= PromptTokensPerNewToken * Math.Min(newTokens, LongText),
        };
        if (!isBatch || most <= 1)
            return new DecodingPlan(1, canRewind);
        // Even waves: 40 samples are 20 and 20, not 32 and 8.
        int waves = (samples + most - 1) / most;
        return new DecodingPlan((samples + waves - 1) / waves, canRewind);
    }
}
