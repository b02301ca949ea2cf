using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Composition;

/// <summary>A strategy some of whose roles are played by others, such as the solver's by the expert: another model for this part of a whole.</summary>
public sealed class WithRolesStrategy : IReasoningStrategy
{
    private readonly IReasoningStrategy inner;
    private readonly SortedDictionary<string, string> roles;

    /// <summary>Creates the strategy.</summary>
    /// <param name="inner">The strategy.</param>
    /// <param name="roles">The role that plays, by the role that the strategy asks for.</param>
    /// <exception cref="ArgumentException">A name is no role's.</exception>
    public WithRolesStrategy(IReasoningStrategy inner, IReadOnlyDictionary<string, string> roles)
    {
        foreach (string name in roles.Keys.Concat(roles.Values).Where(n => !Roles.IsName(n)))
            throw new ArgumentException($"'{name}' is no role's name.", nameof(roles));
        this.inner = inner;
        this.roles = new(roles.ToDictionary(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public StrategyDescription Description => inner.Description;

    /// <inheritdoc/>
    public string Fingerprint => $"roles({string.Join(',', roles.Select(r => $"{r.Key}={r.Value}"))}|{inner.Fingerprint})";

    /// <inheritdoc/>
    public Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request) => inner.RunAsync(context.WithRoles(roles), request);
}
