using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Agents.Models.Onnx;

/// <summary>The files of a model folder, read and checked before the runtime sees them: its own errors name no file.</summary>
internal sealed class ModelFolder
{
    public const string ConfigFile = "genai_config.json";
    public const string TokenizerFile = "tokenizer.json";
    public const string TokenizerConfigFile = "tokenizer_config.json";

    // Of a large file the ends and the length stand for the whole: reading gigabytes would cost more than loading them.
    private const int EndBytes = 1 << 20;

    /// <exception cref="OnnxModelException">A file is missing or cannot be used; the message names it.</exception>
    public ModelFolder(string path, bool controlsAreText)
    {
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (!Directory.Exists(Path))
            throw new OnnxModelException($"{Path}: there is no such folder.");
        byte[] config = Read(ConfigFile);
        Generation = Parse(ConfigFile, () => GenerationConfig.Parse(config));
        Shape = Parse(ConfigFile, () => DecoderShape.Parse(config));
        string tokenizer = System.IO.Path.Combine(Shape.TokenizerFolder, TokenizerFile);
        byte[] vocabulary = Read(tokenizer);
        Tokens = Parse(tokenizer, () => TokenTableReader.Parse(vocabulary, Shape.Vocabulary, controlsAreText));
        string settings = System.IO.Path.Combine(Shape.TokenizerFolder, TokenizerConfigFile);
        Parse(settings, () => JsonDocument.Parse(Read(settings))).Dispose();
        foreach (int end in Generation.EndTokens.Where(end => (uint)end >= (uint)Shape.Vocabulary))
            throw Fault(ConfigFile, $"the end token {end} is outside the vocabulary of {Shape.Vocabulary}.");
        using FileStream graph = Open(Shape.GraphFile);
        CacheBytesPerNumber = Parse(Shape.GraphFile, () => GraphInputs.BytesPerNumber(graph, Shape.FirstKeyInput));
        ContentHash = Hash(config, vocabulary);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public GenerationConfig Generation { get; }

    public DecoderShape Shape { get; }

    public TokenTable Tokens { get; }

    /// <summary>Bytes of one number of the key/value cache, as the graph declares it.</summary>
    public int CacheBytesPerNumber { get; }

    /// <summary>Equal for equal folders; 12 hexadecimal digits.</summary>
    public string ContentHash { get; }

    public OnnxModelException Fault(string file, string what, Exception? inner = null) => new($"{System.IO.Path.Combine(Path, file)}: {what}", inner);

    private byte[] Read(string file)
    {
        using FileStream stream = Open(file);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(System.IO.Path.Combine(Path, file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault(file, $"the file is missing; a model folder holds {ConfigFile}, the graph it names, {TokenizerFile} and {TokenizerConfigFile}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(file, e.Message, e);
        }
    }

    private T Parse<T>(string file, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or OverflowException or EndOfStreamException)
        {
            throw Fault(file, e.Message, e);
        }
    }

    private string Hash(byte[] config, byte[] vocabulary)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(config));
        hash.AppendData(SHA256.HashData(vocabulary));
        byte[] length = new byte[sizeof(long)];
        // The graph, and the weights that lie beside it.
        foreach (string file in Directory.EnumerateFiles(Path, "*.onnx*").Order(StringComparer.Ordinal))
        {
            using FileStream stream = File.OpenRead(file);
            BinaryPrimitives.WriteInt64LittleEndian(length, stream.Length);
            hash.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(file)));
            hash.AppendData(length);
            AppendPart(hash, stream, 0);
            AppendPart(hash, stream, Math.Max(EndBytes, stream.Length - EndBytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static void AppendPart(IncrementalHash hash, FileStream stream, long from)
    {
        if (from >= stream.Length)
            return;
        byte[] part = new byte[Math.Min(EndBytes, stream.Length - from)];
        stream.Position = from;
        stream.ReadExactly(part);
        hash.AppendData(part);
    }
}
