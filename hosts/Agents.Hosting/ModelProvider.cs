using System.Collections.Concurrent;
using Agents.Models.Embedded;
using Agents.Models.OpenAI;
using Agents.Reasoning;

namespace Agents.Hosting;

/// <summary>Turns model specs into models, and owns what they share. Thread-safe; the models end with it.</summary>
public sealed class ModelProvider : IDisposable
{
    private readonly OpenAIModelFactory openai;
    private readonly Func<string, string?> environment;
    private readonly ConcurrentDictionary<string, Lazy<EmbeddedModel>> embedded = new(StringComparer.Ordinal);
    private readonly OnnxModels onnx = new();

    /// <summary>Creates a provider.</summary>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public ModelProvider(Func<string, string?>? environment = null, TimeProvider? time = null)
    {
        this.environment = environment ?? Environment.GetEnvironmentVariable;
        openai = new OpenAIModelFactory(time);
    }

    /// <summary>The model that a spec names.</summary>
    /// <exception cref="ModelSpecException">The spec is malformed, unknown, not available in this build, or lacks its key.</exception>
    public ISampler Create(string spec) =>
        EmbeddedModelSpec.IsKnown(spec) ? CreateEmbedded(spec)
        : OnnxModels.IsServed(spec) ? onnx.Create(spec)
        : CreateOpenAI(spec);

    /// <summary>Tries what a model can do: an OpenAI-compatible one by a few calls, an ONNX folder by a few seconds of generating.</summary>
    /// <exception cref="ModelSpecException">As for <see cref="Create"/>, or there is nothing to probe.</exception>
    public async Task<ModelFindings> ProbeAsync(string spec, CancellationToken cancellationToken = default)
    {
        if (OnnxModels.IsServed(spec))
            return new ModelFindings(await onnx.ProbeAsync(spec, cancellationToken), true);
        ProbeReport report = await ModelProbe.RunAsync(CreateOpenAI(spec), cancellationToken);
        return new ModelFindings(report.ToString(), report.Failure is null);
    }

    /// <summary>The OpenAI-compatible model that a spec names as a chat client, whose replies can be read while they are written.</summary>
    /// <exception cref="ModelSpecException">As for <see cref="Create"/>.</exception>
    public OpenAIReasoningClient CreateChatClient(string spec) => openai.CreateChatClient(CreateOpenAI(spec).Options);

    /// <summary>The OpenAI-compatible model that a spec names: for what only such models offer, as a probe.</summary>
    /// <exception cref="ModelSpecException">As for <see cref="Create"/>.</exception>
    public OpenAISampler CreateOpenAI(string spec)
    {
        if (!OpenAIModelSpec.IsKnown(spec))
            throw Refusal(spec);
        try
        {
            return openai.CreateSampler(OpenAIModelSpec.Parse(spec, environment));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ModelSpecException(e.Message, e);
        }
    }

    /// <summary>An embedded model is loaded once, however many roles it plays.</summary>
    private EmbeddedSampler CreateEmbedded(string spec)
    {
        try
        {
            return embedded.GetOrAdd(spec, s => new Lazy<EmbeddedModel>(() => EmbeddedModelSpec.Load(s))).Value.CreateSampler();
        }
        catch (Exception e) when (e is FormatException or EmbeddedModelException)
        {
            throw new ModelSpecException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        openai.Dispose();
        onnx.Dispose();
    }

    private static ModelSpecException Refusal(string spec)
    {
        string scheme = spec.Split(':', '?')[0];
        if (scheme == EmbeddedModelSpec.Scheme)
            return new ModelSpecException("The embedded model is no OpenAI-compatible endpoint: what it can do is known, and there is nothing to probe.");
        if (ModelKind.All.FirstOrDefault(k => k.Scheme == scheme) is { } kind)
        {
            return new ModelSpecException(kind.Missing is { } missing
                ? $"The model '{scheme}' cannot be used: {missing}. Use --model openai:MODEL[@URL] instead; `agents models` lists what there is."
                : $"The model '{scheme}' plays only in `agents eval`, from data with recorded samples.");
        }

        string[] near = NearMatches.Of(scheme, ModelKind.All.Select(k => k.Scheme));
        string shown = scheme.Length > 24 ? scheme[..24] + "…" : scheme;
        return new ModelSpecException($"'{shown}' names no model. {(near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"Known: {string.Join(", ", ModelKind.All.Select(k => k.Form))}.")}");
    }
}
