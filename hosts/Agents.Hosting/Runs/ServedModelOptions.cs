namespace Agents.Hosting.Runs;

/// <summary>A model to serve.</summary>
public sealed record ServedModelOptions
{
    /// <summary>The model's spec, as the command line takes it: <c>embedded</c>, <c>openai:MODEL@URL</c>, … Keys come from the environment.</summary>
    public string Spec { get; init; } = "";

    /// <summary>Other served models that play a role for this one, by role: <c>judge</c>, <c>expert</c>, …</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Money per million prompt tokens, or null where limits on cost are not used.</summary>
    public decimal? InputPrice { get; init; }

    /// <summary>Money per million generated tokens, or null as <see cref="InputPrice"/>.</summary>
    public decimal? OutputPrice { get; init; }
}
