namespace Agents.Distillation;

/// <summary>How rows are written.</summary>
public sealed record FormatOptions
{
    /// <summary>The system message; null for none.</summary>
    public string? System { get; init; }

    /// <summary>How traces stand in the rows.</summary>
    public CompletionStyle Style { get; init; } = CompletionStyle.AsWritten;
}
