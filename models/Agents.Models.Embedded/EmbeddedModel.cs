using System.Security.Cryptography;
using System.Text.Json;
using Agents.Reasoning.Verifiers;
using Google.Protobuf;

namespace Agents.Models.Embedded;

/// <summary>
/// A small language model and its engine, in this process: no key, no network, no native code. Load it once and keep it; its
/// chat clients and samplers share its threads and its caches. Thread-safe.
/// </summary>
public sealed class EmbeddedModel
{
    private const string ShippedPrefix = "embedded";
    private const string VerifierPrefix = "embedded-verifier";

    private EmbeddedModel(ModelFiles files, EmbeddedModelOptions options)
    {
        byte[] weights = files.Read("model.onnx");
        (Transformer model, string? name) = Read(files, "model.onnx", () =>
        {
            OnnxFile onnx = OnnxFile.Parse(weights);
            return (new Transformer(ModelShape.From(onnx.Metadata), onnx.Tensors, options.ExpandWeights), onnx.Metadata.GetValueOrDefault("agents.name"));
        });
        byte[] vocabulary = files.Read("tokenizer.json");
        Tokenizer = Read(files, "tokenizer.json", () => TokenizerFile.Parse(vocabulary, model.Shape.Vocabulary));
        Turns = Read(files, "tokenizer.json", () => new TurnFormat(Tokenizer));
        byte[] generation = files.Read("genai_config.json");
        Generation = Read(files, "genai_config.json", () => GenerationConfig.Parse(generation));
        if (Generation.EndTokens.FirstOrDefault(id => (uint)id >= (uint)Tokenizer.Size, -1) is >= 0 and int outside)
            throw files.Fault("genai_config.json", $"the end token {outside} is outside the vocabulary of {Tokenizer.Size}.");

        Options = options;
        Transformer = model;
        Name = name ?? (Path.GetFileName(Path.TrimEndingDirectorySeparator(files.Source)) is { Length: > 0 } folder ? folder : files.Source);
        // By content: samples of two models are never taken for each other's, wherever their files lie.
        ModelId = "embedded:" + Convert.ToHexStringLower(SHA256.HashData([.. SHA256.HashData(weights), .. SHA256.HashData(vocabulary), .. SHA256.HashData(generation)]))[..12];
        Pool = new KeyValuePool(model.Shape);
        Prefixes = new PrefixCache(Pool, options.PrefixCacheTokens / KeyValueBlock.Positions, model.Shape.Context);
        Decoder = new BatchDecoder(options, Prefixes, CreateWorker);
    }

    /// <summary>Whether this build carries a model.</summary>
    public static bool IsShipped { get; } = ModelFiles.OfAssembly(typeof(EmbeddedModel).Assembly, ShippedPrefix).Has("model.onnx");

    /// <summary>Whether this build carries a process verifier for the model.</summary>
    public static bool IsVerifierShipped { get; } = ModelFiles.OfAssembly(typeof(EmbeddedModel).Assembly, VerifierPrefix).Has("model.onnx");

    /// <summary>The model's name: what its file says, or its folder's.</summary>
    public string Name { get; }

    /// <summary>The model by content: equal files have equal ids.</summary>
    public string ModelId { get; }

    /// <summary>Tokens that prompt and text may have together.</summary>
    public int ContextLength => Transformer.Shape.Context;

    /// <summary>How it is run.</summary>
    public EmbeddedModelOptions Options { get; }

    internal Transformer Transformer { get; }

    internal Tokenizer Tokenizer { get; }

    internal TurnFormat Turns { get; }

    internal GenerationConfig Generation { get; }

    internal KeyValuePool Pool { get; }

    internal PrefixCache Prefixes { get; }

    internal BatchDecoder Decoder { get; }

    /// <summary>Loads a model folder: <c>model.onnx</c>, <c>tokenizer.json</c>, <c>genai_config.json</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="EmbeddedModelException">The folder is not such a model; the message names the file and what is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static EmbeddedModel Load(string folder, EmbeddedModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Create(ModelFiles.OfFolder(folder), options);
    }

    /// <summary>Loads the model that ships inside this assembly.</summary>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="EmbeddedModelException">This build carries none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static EmbeddedModel LoadShipped(EmbeddedModelOptions? options = null) => IsShipped
        ? Create(ModelFiles.OfAssembly(typeof(EmbeddedModel).Assembly, ShippedPrefix), options)
        : throw new EmbeddedModelException("This build carries no embedded model.");

    /// <summary>
    /// Loads the process verifier that ships inside this assembly: a model that says " yes" or " no" after every step of a
    /// solution of the shipped model; for the role <see cref="ProcessVerifier.DefaultRole"/>.
    /// </summary>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <exception cref="EmbeddedModelException">This build carries none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static EmbeddedModel LoadShippedVerifier(EmbeddedModelOptions? options = null) => IsVerifierShipped
        ? Create(ModelFiles.OfAssembly(typeof(EmbeddedModel).Assembly, VerifierPrefix), options)
        : throw new EmbeddedModelException("This build carries no process verifier.");

    /// <summary>A sampler of the model.</summary>
    public EmbeddedSampler CreateSampler() => new(this);

    /// <summary>The model as a chat client, on which the sampler is found as a service.</summary>
    public EmbeddedChatClient CreateChatClient() => new(CreateSampler());

    internal DecodingWorker CreateWorker() => new(Transformer, Pool, Prefixes, Tokenizer, Generation.EndTokens, Options.RowsPerThread);

    private static EmbeddedModel Create(ModelFiles files, EmbeddedModelOptions? options)
    {
        options ??= new EmbeddedModelOptions();
        options.Validate();
        return new EmbeddedModel(files, options);
    }

    private static T Read<T>(ModelFiles files, string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidProtocolBufferException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw files.Fault(name, e.Message, e);
        }
    }
}
