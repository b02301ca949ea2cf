namespace Agents.Server.Bench;

/// <summary>What a load came to.</summary>
/// <param name="Times">Milliseconds of each request.</param>
/// <param name="Lost">Requests without a whole answer.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
internal sealed record LoadResult(double[] Times, int Lost, TimeSpan Elapsed)
{
    public int Done => Times.Length - Lost;

    public double PerSecond => Times.Length / Elapsed.TotalSeconds;

    public double Percentile(double share) => Times.Order().ElementAt((int)Math.Min(Times.Length - 1, share * Times.Length));
}
