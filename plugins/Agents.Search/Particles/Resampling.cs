namespace Agents.Search.Particles;

/// <summary>How a population is drawn anew by its weights.</summary>
public enum Resampling
{
    /// <summary>N independent draws.</summary>
    Multinomial,

    /// <summary>One draw, N evenly spaced points: a particle of weight w gets ⌊Nw⌋ or ⌈Nw⌉ copies.</summary>
    Systematic,
}
