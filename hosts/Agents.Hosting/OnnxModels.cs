#if HAS_ONNX
using System.Collections.Concurrent;
using Agents.Models.Onnx;
#endif
using Agents.Reasoning;

namespace Agents.Hosting;

/// <summary>
/// The ONNX folders of this process, each loaded once, however many roles it plays. Where the package feed lacked ONNX Runtime
/// GenAI, this build serves none of them.
/// </summary>
internal sealed class OnnxModels : IDisposable
{
#if HAS_ONNX
    private readonly ConcurrentDictionary<string, Lazy<OnnxModel>> models = new(StringComparer.Ordinal);

    /// <summary>Why this build cannot serve them, or null when it can.</summary>
    public static string? Missing => null;

    public static bool IsServed(string spec) => OnnxModelSpec.IsKnown(spec);

    /// <exception cref="ModelSpecException">The spec is malformed, or the folder or the provider cannot be used.</exception>
    public ISampler Create(string spec) => Load(spec).CreateSampler();

    /// <exception cref="ModelSpecException">As for <see cref="Create"/>.</exception>
    public async Task<string> ProbeAsync(string spec, CancellationToken cancellationToken) =>
        (await OnnxProbe.RunAsync(Load(spec), cancellationToken)).ToString();

    public void Dispose()
    {
        foreach (Lazy<OnnxModel> model in models.Values.Where(m => m.IsValueCreated))
            model.Value.Dispose();
    }

    private OnnxModel Load(string spec)
    {
        try
        {
            return models.GetOrAdd(spec, s => new Lazy<OnnxModel>(() =>
            {
                (string folder, OnnxModelOptions options) = OnnxModelSpec.Parse(s);
                return OnnxModel.Load(folder, options);
            })).Value;
        }
        catch (Exception e) when (e is FormatException or OnnxModelException)
        {
            throw new ModelSpecException(e.Message, e);
        }
    }
#else
    /// <summary>Why this build cannot serve them.</summary>
    public static string Missing => "this build is without ONNX Runtime GenAI, which its package feed lacked; see docs/onnx.md";

    public static bool IsServed(string spec) => false;

#pragma warning disable CA1822 // The same shape as in a build that has the packages.
    public ISampler Create(string spec) => throw new ModelSpecException(Missing);

    public Task<string> ProbeAsync(string spec, CancellationToken cancellationToken) => throw new ModelSpecException(Missing);
#pragma warning restore CA1822

    public void Dispose()
    {
    }
#endif
}
