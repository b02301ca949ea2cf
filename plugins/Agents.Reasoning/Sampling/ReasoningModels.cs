namespace Agents.Reasoning;

/// <summary>Which model plays which role. A role without a model of its own is played by the default one. Immutable, thread-safe.</summary>
/// <param name="standard">The model for every role not named.</param>
public sealed class ReasoningModels(ISampler standard)
{
    private readonly Dictionary<string, ISampler> roles = new(StringComparer.Ordinal);

    /// <summary>The model for every role not named.</summary>
    public ISampler Default { get; } = standard;

    /// <summary>The roles with a model of their own.</summary>
    public IReadOnlyDictionary<string, ISampler> Roles => roles;

    /// <summary>The same models with <paramref name="sampler"/> in <paramref name="role"/>.</summary>
    public ReasoningModels With(string role, ISampler sampler)
    {
        var models = new ReasoningModels(Default);
        foreach ((string name, ISampler model) in roles)
            models.roles.Add(name, model);
        models.roles[role] = sampler;
        return models;
    }

    /// <summary>The model that plays <paramref name="role"/>.</summary>
    public ISampler For(string role) => roles.GetValueOrDefault(role, Default);
}
