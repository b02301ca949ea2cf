namespace Agents.Models.Onnx.Tests.Folder;

public sealed class ModelFolderTests
{
    [Fact]
    public void Load_NoFolder_NamesIt() =>
        Assert.Contains("nowhere: there is no such folder", Refusal("/nowhere"), StringComparison.Ordinal);

    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("model.onnx")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void Load_FileMissing_NamesFileAndWhatAFolderHolds(string file)
    {
        using FolderCopy copy = TestFolders.Copy().Without(file);

        Assert.Contains($"{copy.At(file)}: the file is missing; a model folder holds genai_config.json, the graph it names, tokenizer.json and tokenizer_config.json.", Refusal(copy.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void Load_NotJson_NamesFileAndPlace(string file)
    {
        using FolderCopy copy = TestFolders.Copy().With(file, "{\n \"model\": }");

        string refusal = Refusal(copy.Path);
        Assert.StartsWith(copy.At(file), refusal, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genai_config.json", "\"head_size\": 32", "\"head_size\": 0", "'model.decoder.head_size' must be a number above 0")]
    [InlineData("genai_config.json", "\"num_hidden_layers\": 6,", "", "'model.decoder.num_hidden_layers' is missing")]
    [InlineData("genai_config.json", "\"eos_token_id\": 2", "\"eos_token_id\": 641", "the end token 641 is outside the vocabulary of 641")]
    [InlineData("genai_config.json", "\"filename\": \"model.onnx\"", "\"filename\": 7", "'model.decoder.filename' must be a text")]
    [InlineData("genai_config.json", "\"vocab_size\": 641", "\"vocab_size\": 500", "is outside the vocabulary of 500")]
    [InlineData("genai_config.json", "past_key_values.%d.key", "cache.%d.key", "the graph has no input 'cache.0.key'")]
    [InlineData("tokenizer.json", "\"ByteLevel\"", "\"WordPiece\"", "its decoder is neither ByteLevel nor SentencePiece")]
    [InlineData("tokenizer.json", "\"vocab\"", "\"words\"", "'model.vocab' is missing")]
    public void Load_ValueUnusable_NamesItAndItsFile(string file, string from, string to, string said)
    {
        using FolderCopy copy = TestFolders.Copy().Change(file, from, to);

        string refusal = Refusal(copy.Path);
        Assert.Contains(said, refusal, StringComparison.Ordinal);
        Assert.StartsWith(copy.Path, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TokenizerInAnotherFolder_IsFoundThere()
    {
        using FolderCopy copy = TestFolders.Copy().Change("genai_config.json", "\"type\": \"decoder\"", "\"tokenizer_dir\": \"words\", \"type\": \"decoder\"");
        Assert.Contains(copy.At(System.IO.Path.Combine("words", "tokenizer.json")), Refusal(copy.Path), StringComparison.Ordinal);
        Directory.CreateDirectory(copy.At("words"));
        foreach (string file in new[] { "tokenizer.json", "tokenizer_config.json" })
            File.Move(copy.At(file), copy.At(System.IO.Path.Combine("words", file)));
        using OnnxModel model = OnnxModel.Load(copy.Path);

        Assert.Equal(TestFolders.Model.Encode(SamplerRuns.HeldOut[0], continues: false), model.Encode(SamplerRuns.HeldOut[0], continues: false));
    }

    [Fact]
    public void Load_GraphCutOff_NamesIt()
    {
        using FolderCopy copy = TestFolders.Copy();
        File.WriteAllBytes(copy.At("model.onnx"), File.ReadAllBytes(copy.At("model.onnx"))[..100_000]);

        Assert.Contains($"{copy.At("model.onnx")}: it is no ONNX graph, or it is cut off", Refusal(copy.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RuntimeRefusesTheFolder_NamesTheFolderAndItsReason()
    {
        using FolderCopy copy = TestFolders.Copy().Change("genai_config.json", "\"type\": \"decoder\"", "\"type\": \"abacus\"");

        string refusal = Refusal(copy.Path);
        Assert.Contains($"{copy.Path}: ONNX Runtime GenAI refuses the folder (genai_config.json, model.onnx)", refusal, StringComparison.Ordinal);
        Assert.Contains("abacus", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelId_IsThatOfTheContent()
    {
        using FolderCopy copy = TestFolders.Copy();
        using OnnxModel same = OnnxModel.Load(copy.Path);
        copy.Change("genai_config.json", "\"temperature\": 1.0", "\"temperature\": 0.5");
        using OnnxModel other = OnnxModel.Load(copy.Path);

        Assert.Equal(TestFolders.Model.ModelId, same.ModelId);
        Assert.StartsWith("onnx:cpu:", same.ModelId, StringComparison.Ordinal);
        Assert.NotEqual(same.ModelId, other.ModelId);
    }

    private static string Refusal(string folder) => Assert.Throws<OnnxModelException>(() => OnnxModel.Load(folder)).Message;
}
