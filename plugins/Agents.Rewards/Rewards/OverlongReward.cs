namespace Agents.Rewards;

/// <summary>
/// 0 up to a length, then linearly down to −1 at the limit, and −1 beyond: the soft overlong punishment of DAPO
/// (arXiv:2503.14476, eq. 13). Abstains where the length in tokens is unknown.
/// </summary>
public sealed class OverlongReward : IReward
{
    private readonly int limit;
    private readonly int buffer;

    /// <summary>A reward for lengths.</summary>
    /// <param name="limit">The limit in tokens, at least 1; DAPO: 20,480.</param>
    /// <param name="buffer">The tokens before the limit in which the punishment grows, 1 to <paramref name="limit"/>; DAPO: 4,096.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public OverlongReward(int limit, int buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffer, limit);
        this.limit = limit;
        this.buffer = buffer;
    }

    /// <inheritdoc/>
    public string Name => "overlong";

    /// <inheritdoc/>
    public ValueTask<RewardScore> ScoreAsync(RewardItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Tokens is not { } tokens)
            return ValueTask.FromResult(RewardScore.Abstain("the length in tokens is unknown"));
        double value = Math.Clamp((double)(limit - buffer - tokens) / buffer, -1, 0);
        return ValueTask.FromResult(new RewardScore(value, FormattableString.Invariant($"{tokens} of {limit} tokens")));
    }
}
