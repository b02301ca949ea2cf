using System.Globalization;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx;

/// <summary>
/// A folder loaded by the runtime on one provider, and the gate that lets one call at a time into it: the runtime's generators
/// are not safe beside each other.
/// </summary>
internal sealed class ModelRuntime : IDisposable
{
    public const string Cpu = "cpu";

    // The runtime has one stream for all models of an accelerator.
    private static readonly SemaphoreSlim accelerator = new(1, 1);

    private readonly Config config;
    private readonly Model model;
    private bool isDisposed;

    private ModelRuntime(Config config, Model model, string provider, string? fallbackReason)
    {
        (this.config, this.model, Provider, FallbackReason) = (config, model, provider, fallbackReason);
        Gate = provider == Cpu ? new SemaphoreSlim(1, 1) : accelerator;
    }

    /// <summary>The model; a disposed one would end the process, not the call.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public Model Model => isDisposed ? throw new ObjectDisposedException(nameof(OnnxModel)) : model;

    /// <summary>The provider it runs on.</summary>
    public string Provider { get; }

    /// <summary>Why it is not the one that was asked for, or null.</summary>
    public string? FallbackReason { get; }

    public SemaphoreSlim Gate { get; }

    /// <exception cref="OnnxModelException">The provider cannot be used, or the runtime refuses the folder.</exception>
    public static ModelRuntime Load(ModelFolder folder, OnnxModelOptions options)
    {
        Telemetry.Disable();
        string provider = (options.Provider ?? folder.Shape.Providers.FirstOrDefault(Cpu)).ToLowerInvariant();
        try
        {
            return Load(folder, options, provider, null);
        }
        catch (OnnxRuntimeGenAIException e) when (provider != Cpu)
        {
            string reason = $"the provider '{provider}' cannot be used: {e.Message}";
            if (options.FallbackProvider?.ToLowerInvariant() is not { } fallback || fallback == provider)
                throw new OnnxModelException($"{folder.Path}: {reason} Use ?provider=cpu, or ?provider={provider}&fallback=cpu to go on without it; docs/onnx.md says which package brings which provider.", e);
            return LoadOn(folder, options, fallback, reason);
        }
        catch (OnnxRuntimeGenAIException e)
        {
            throw Refusal(folder, e);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            throw new OnnxModelException($"The native library of ONNX Runtime GenAI cannot be loaded for {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Gate.Wait();
        try
        {
            isDisposed = true;
            model.Dispose();
            config.Dispose();
        }
        finally
        {
            Gate.Release();
        }
    }

    private static ModelRuntime LoadOn(ModelFolder folder, OnnxModelOptions options, string provider, string reason)
    {
        try
        {
            return Load(folder, options, provider, reason);
        }
        catch (OnnxRuntimeGenAIException e)
        {
            throw Refusal(folder, e);
        }
    }

    private static ModelRuntime Load(ModelFolder folder, OnnxModelOptions options, string provider, string? fallbackReason)
    {
        var config = new Config(folder.Path);
        try
        {
            if (options.Provider is not null || fallbackReason is not null)
            {
                config.ClearProviders();
                if (provider != Cpu)
                    config.AppendProvider(provider);
            }

            if (options.Threads is { } threads)
                config.Overlay("""{"model":{"decoder":{"session_options":{"intra_op_num_threads":""" + threads.ToString(CultureInfo.InvariantCulture) + "}}}}");
            return new ModelRuntime(config, new Model(config), provider, fallbackReason);
        }
        catch
        {
            config.Dispose();
            throw;
        }
    }

    private static OnnxModelException Refusal(ModelFolder folder, OnnxRuntimeGenAIException e) =>
        new($"{folder.Path}: ONNX Runtime GenAI refuses the folder ({ModelFolder.ConfigFile}, {folder.Shape.GraphFile}): {e.Message}", e);
}
