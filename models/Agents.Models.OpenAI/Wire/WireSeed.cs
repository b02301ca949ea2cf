namespace Agents.Models.OpenAI;

/// <summary>Seeds as every server can take them: many keep 32 bits, some read -1 as "random", JavaScript ones lose digits beyond 2^53.</summary>
internal static class WireSeed
{
    /// <summary>A seed in 0 … 2^31 - 1; one that is there already stays as it is.</summary>
    public static int Fold(long seed) => seed is >= 0 and <= int.MaxValue ? (int)seed : (int)((ulong)seed * 0x9E3779B97F4A7C15 >> 33);
}
