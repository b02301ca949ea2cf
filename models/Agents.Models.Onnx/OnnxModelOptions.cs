namespace Agents.Models.Onnx;

/// <summary>How a model folder is run.</summary>
public sealed class OnnxModelOptions
{
    /// <summary>The most rows the runtime takes in one batch.</summary>
    public const int MaxBatchRows = 32;

    /// <summary>The execution provider: <c>cpu</c>, <c>cuda</c>, <c>dml</c> or another that the runtime knows; null for the folder's own.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider to go on with where <see cref="Provider"/> cannot be used; null to fail then, which is the default.</summary>
    public string? FallbackProvider { get; init; }

    /// <summary>How several samples of one prompt are computed. Default: by provider and lengths.</summary>
    public OnnxPlan Plan { get; init; }

    /// <summary>Rows of a batch, 1–32. Default 32. Fewer waste less when samples end early, because a row cannot leave a batch.</summary>
    public int BatchRows { get; init; } = MaxBatchRows;

    /// <summary>Threads within an operator on the CPU, 1–256; null for the folder's own number.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Bytes that keys, values and logits may take, at least 1; null for what is free on the machine when a call starts. A call
    /// that needs more runs in smaller waves, and is refused with both figures when one sample alone does not fit.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>
    /// Let control tokens be drawn and read as text. Default false: only those that end a turn are drawn. For models that write
    /// parts of their reply between control tokens.
    /// </summary>
    public bool ControlTokensAreText { get; init; }

    internal void Validate()
    {
        Check(BatchRows, 1, MaxBatchRows, nameof(BatchRows));
        Check(Threads ?? 1, 1, 256, nameof(Threads));
        if (MemoryLimit < 1)
            throw new ArgumentOutOfRangeException(nameof(MemoryLimit), MemoryLimit, $"{nameof(MemoryLimit)} must be at least 1 byte.");
        if (!Enum.IsDefined(Plan))
            throw new ArgumentOutOfRangeException(nameof(Plan), Plan, $"{nameof(Plan)} must be one of {string.Join(", ", Enum.GetNames<OnnxPlan>())}.");
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {most}.");
    }
}
