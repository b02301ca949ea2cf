namespace Agents.Hosting;

/// <summary>What a probe found of a model.</summary>
/// <param name="Text">The findings, line by line.</param>
/// <param name="IsReached">Whether the model answered.</param>
public sealed record ModelFindings(string Text, bool IsReached);
