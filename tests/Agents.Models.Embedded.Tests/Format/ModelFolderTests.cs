using Agents.Models.Embedded.Tests.Models;

namespace Agents.Models.Embedded.Tests.Format;

public sealed class ModelFolderTests
{
    [Fact]
    public void Load_NoFolder_NamesIt()
    {
        var fault = Assert.Throws<EmbeddedModelException>(() => EmbeddedModel.Load("no-such-folder"));

        Assert.Contains("no-such-folder: there is no such folder", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    [InlineData("genai_config.json")]
    public void Load_FileMissing_NamesIt(string file) => AssertFault(model => File.Delete(model.PathOf(file)), file, "missing");

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    [InlineData("genai_config.json")]
    public void Load_FileOfNoise_NamesIt(string file) => AssertFault(model => File.WriteAllBytes(model.PathOf(file), [.. Enumerable.Range(0, 999).Select(i => (byte)(i * 31))]), file, "");

    [Theory]
    [InlineData("tokenizer.json", "\"ByteLevel\"", "\"Metaspace\"", "type is 'Metaspace'")]
    [InlineData("tokenizer.json", "\"merges\":[]", "\"merges\":[\"a b\"]", "merges is not empty")]
    [InlineData("tokenizer.json", "<|assistant|>", "<|helper|>", "control token <|assistant|> is missing")]
    [InlineData("tokenizer.json", "\"a\":97,", "", "byte 0x61")]
    [InlineData("tokenizer.json", "\"a\":97,", "\"a\":98,", "token 98 is there twice")]
    [InlineData("tokenizer.json", "\"a\":97,", "\"a\":9700,", "outside the vocabulary of 300")]
    [InlineData("tokenizer.json", "\"normalizer\":null", "\"normalizer\":{\"type\":\"NFC\"}", "normalizer is set")]
    [InlineData("genai_config.json", "258", "4711", "4711 is outside the vocabulary")]
    [InlineData("genai_config.json", "\"eos_token_id\"", "\"eos\"", "eos_token_id is missing")]
    public void Load_FileOfAnotherKind_SaysWhatIsWrong(string file, string instead, string of, string said) => AssertFault(
        model =>
        {
            string text = File.ReadAllText(model.PathOf(file)).Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);
            Assert.Contains(instead, text, StringComparison.Ordinal);
            File.WriteAllText(model.PathOf(file), text.Replace(instead, of, StringComparison.Ordinal));
        },
        file, said);

    [Theory]
    [InlineData("agents.n_layers", "agents.n_leyers", "lacks agents.n_layers")]
    [InlineData("layers.1.w_down.weight", "layers.1.w_dawn.weight", "'layers.1.w_down.weight' is missing")]
    [InlineData("layers.0.wq.weight.scale", "layers.0.wq.weight.scala", "no 'layers.0.wq.weight.scale'")]
    public void Load_ModelOfAnotherKind_SaysWhatIsMissing(string instead, string of, string said) => AssertFault(
        model =>
        {
            byte[] bytes = File.ReadAllBytes(model.PathOf("model.onnx"));
            byte[] name = System.Text.Encoding.ASCII.GetBytes(instead);
            for (int at = bytes.AsSpan().IndexOf(name); at >= 0; at = bytes.AsSpan().IndexOf(name))
                System.Text.Encoding.ASCII.GetBytes(of).CopyTo(bytes, at);
            File.WriteAllBytes(model.PathOf("model.onnx"), bytes);
        },
        "model.onnx", said);

    [Fact]
    public void Load_FileCutAnywhere_IsRefusedOrWhole()
    {
        using var model = new TinyModel();
        byte[] bytes = File.ReadAllBytes(model.PathOf("model.onnx"));
        for (int length = 0; length < bytes.Length; length += bytes.Length / 40 + 1)
        {
            File.WriteAllBytes(model.PathOf("model.onnx"), bytes[..length]);
            Assert.Contains("model.onnx", Assert.Throws<EmbeddedModelException>(() => model.Load()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_SameFiles_HaveTheSameId_OthersAnother()
    {
        using var one = new TinyModel();
        using var same = new TinyModel();
        using var other = new TinyModel(seed: 8);

        Assert.Equal(one.Load().ModelId, same.Load().ModelId);
        Assert.NotEqual(one.Load().ModelId, other.Load().ModelId);
    }

    [Theory]
    [InlineData(0, 16, 0, "Threads must be 1 to 256")]
    [InlineData(1, 0, 0, "RowsPerThread must be 1 to 256")]
    [InlineData(1, 1, -1, "PrefixCacheTokens must be 0 to")]
    public void Load_OptionOutOfRange_NamesItAndTheBound(int threads, int rows, int cache, string said)
    {
        using var model = new TinyModel();

        Assert.Contains(said, Assert.Throws<ArgumentOutOfRangeException>(() => model.Load(threads, rows, cache)).Message, StringComparison.Ordinal);
    }

    private static void AssertFault(Action<TinyModel> spoil, string file, string said)
    {
        using var model = new TinyModel();
        spoil(model);

        var fault = Assert.Throws<EmbeddedModelException>(() => model.Load());

        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }
}
