using Agents.Hosting.Telemetry;
using Agents.Models.OpenAI;
using Agents.Reasoning;

namespace Agents.Hosting.Runs;

/// <summary>The configured models by name: the only ones there are, whatever a request says.</summary>
public sealed class ServedModels : IDisposable
{
    private readonly ModelProvider provider;
    private readonly Dictionary<string, ServedModel> models = new(StringComparer.Ordinal);

    public ServedModels(IReadOnlyDictionary<string, ServedModelOptions> options, Func<string, string?>? environment, TimeProvider time)
    {
        provider = new ModelProvider(environment, time);
        Created = time.GetUtcNow();
        try
        {
            Dictionary<string, ISampler> samplers = options.ToDictionary(
                m => m.Key, m => (ISampler)new TracedSampler(provider.Create(m.Value.Spec), SchemeOf(m.Value.Spec), m.Key), StringComparer.Ordinal);
            foreach ((string name, ServedModelOptions model) in options)
                models.Add(name, Serve(name, model, options, samplers, IsRemote(model) ? provider.CreateChatClient(model.Spec) : null));
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>When these models began to be served.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. models.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The model of this name, or null.</summary>
    public ServedModel? Find(string name) => models.GetValueOrDefault(name);

    public void Dispose() => provider.Dispose();

    private static bool IsRemote(ServedModelOptions model) => OpenAIModelSpec.IsKnown(model.Spec);

    private static string SchemeOf(string spec) => spec.Split(':', '?')[0];

    private static ServedModel Serve(string name, ServedModelOptions model, IReadOnlyDictionary<string, ServedModelOptions> options, Dictionary<string, ISampler> samplers, OpenAIReasoningClient? client)
    {
        var players = new ReasoningModels(samplers[name]);
        var prices = new SortedDictionary<string, ModelPrice>(StringComparer.Ordinal);
        if (PriceOf(model) is { } own)
            prices["*"] = own;
        foreach ((string role, string player) in model.Roles)
        {
            players = players.With(role, samplers[player]);
            if (PriceOf(options[player]) is { } price)
                prices[role] = price;
        }

        return new ServedModel(name, players, prices, client);
    }

    private static ModelPrice? PriceOf(ServedModelOptions model) =>
        model is { InputPrice: { } input, OutputPrice: { } output } ? new ModelPrice(input, output) : null;
}
