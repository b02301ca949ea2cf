namespace Agents.Models.OpenAI;

/// <summary>Whether several samples are asked for in one request (<c>n</c>).</summary>
public enum ChoicesMode
{
    /// <summary>One request a sample, in parallel. The safe choice for a server that is not known.</summary>
    Off,

    /// <summary>Ask with <c>n</c>; what a reply lacks is topped up with single requests.</summary>
    On,

    /// <summary>Try <c>n</c> once and remember for the upstream whether it was honoured.</summary>
    Auto,
}
