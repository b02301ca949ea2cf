using System.Diagnostics;
using Agents.Reasoning;

namespace Agents.Models.Onnx;

/// <summary>
/// An ONNX Runtime GenAI model folder, loaded on one provider. Load it once and keep it; its chat clients and samplers share it.
/// Calls run one after the other: the runtime's generators are not safe beside each other. Thread-safe.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    private readonly ModelRuntime runtime;
    private readonly MemoryNeed memory;

    private OnnxModel(ModelFolder folder, ModelRuntime runtime, OnnxModelOptions options)
    {
        (Folder, this.runtime, Options) = (folder, runtime, options);
        memory = new MemoryNeed(folder);
        Conversations = new ConversationEncoder(runtime.Model, folder.Tokens.ControlTexts);
    }

    /// <summary>The folder's name.</summary>
    public string Name => Folder.Name;

    /// <summary>The folder.</summary>
    public string Path => Folder.Path;

    /// <summary>The model by content and provider: equal folders on equal providers have equal ids. Of large files the ends and the length count.</summary>
    public string ModelId => $"onnx:{Provider}:{Folder.ContentHash}";

    /// <summary>Tokens that prompt and text may have together.</summary>
    public int ContextLength => Folder.Shape.Context;

    /// <summary>The execution provider it runs on, such as <c>cpu</c> or <c>cuda</c>.</summary>
    public string Provider => runtime.Provider;

    /// <summary>Why it does not run on the provider that was asked for, or null when it does.</summary>
    public string? FallbackReason => runtime.FallbackReason;

    /// <summary>How it is run.</summary>
    public OnnxModelOptions Options { get; }

    internal ModelFolder Folder { get; }

    internal ConversationEncoder Conversations { get; }

    /// <summary>Loads a model folder.</summary>
    /// <param name="folder">The folder with <c>genai_config.json</c>, the graph it names, <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="OnnxModelException">The folder or the provider cannot be used; the message says which and why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static OnnxModel Load(string folder, OnnxModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new OnnxModelOptions();
        options.Validate();
        var files = new ModelFolder(folder, options.ControlTokensAreText);
        return new OnnxModel(files, ModelRuntime.Load(files, options), options);
    }

    /// <summary>A sampler of the model.</summary>
    public OnnxSampler CreateSampler() => new(this);

    /// <summary>The model as a chat client, on which the sampler is found as a service.</summary>
    public OnnxChatClient CreateChatClient() => new(CreateSampler());

    /// <summary>Waits for the call that is running, then frees the model.</summary>
    public void Dispose()
    {
        Conversations.Dispose();
        runtime.Dispose();
    }

    /// <summary>The prompt of a conversation.</summary>
    /// <exception cref="ArgumentException">It is not text, or leaves no room in the context; the message says so.</exception>
    internal int[] Encode(IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages, bool continues)
    {
        int[] prompt = Conversations.Encode(messages, continues);
        return prompt.Length < ContextLength ? prompt
            : throw new ArgumentException($"The prompt has {prompt.Length} tokens; the context of {Name} holds {ContextLength}, the reply included.");
    }

    /// <summary>Generates samples of one prompt when the model is free; what goes wrong becomes the failure of those that have not ended.</summary>
    internal async Task GenerateAsync(int[] prompt, IReadOnlyList<GeneratedSample> samples, CancellationToken ended)
    {
        try
        {
            await RunAloneAsync(() => Generate(prompt, samples, ended), ended).ConfigureAwait(false);
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            // The runtime was told to stop and says so; nobody waits for these samples.
        }
        catch (Exception e)
        {
            // No caller awaits this task: its fault, whatever it is, must reach them as the outcome.
            foreach (GeneratedSample sample in samples)
                sample.Fail(e is ArgumentException ? CallFailureKind.InvalidRequest : CallFailureKind.Other, e.Message);
        }
    }

    /// <summary>Time to generate texts of one length, once the model is free.</summary>
    internal async Task<TimeSpan> MeasureAsync(int[] prompt, int samples, int newTokens, DecodingPlan plan, CancellationToken cancellationToken)
    {
        var rules = new SamplingRules { Temperature = 1, MaxTokens = newTokens };
        GeneratedSample[] drawn = [.. Enumerable.Range(0, samples).Select(i => new GeneratedSample(prompt, rules, new SampleRandom(1, i), _ => { }))];
        long start = 0;
        await RunAloneAsync(() =>
        {
            start = Stopwatch.GetTimestamp();
            new DecodingRun(runtime.Model, Folder, prompt, drawn, [], cancellationToken).Execute(plan);
        }, cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task RunAloneAsync(Action work, CancellationToken cancellationToken)
    {
        await runtime.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A thread of its own: it computes for long.
            await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            runtime.Gate.Release();
        }
    }

    private void Generate(int[] prompt, IReadOnlyList<GeneratedSample> samples, CancellationToken ended)
    {
        var run = new DecodingRun(runtime.Model, Folder, prompt, samples, Folder.Generation.EndTokens, ended);
        int most = Math.Min(samples.Count, Options.BatchRows);
        int fitting = memory.RowsWithin(Options.MemoryLimit ?? FreeMemory.For(Provider), most, prompt.Length, run.NewTokens);
        run.Execute(DecodingPlan.Choose(Options, Provider, prompt.Length, run.NewTokens, samples.Count, fitting, Folder.Shape.CanRewind));
    }
}
