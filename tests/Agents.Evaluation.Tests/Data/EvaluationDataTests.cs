using System.IO.Compression;
using System.Text;

namespace Agents.Evaluation.Tests;

public sealed class EvaluationDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task LoadAsync_AllFields_AreKept()
    {
        string path = folder.Write("a.jsonl", """
            {"id":1,"question":"2+2?","gold":4.50,"numbers":"2 2","samples":[{"text":"four","answer":4,"correct":true,"model":"m","input_tokens":7,"output_tokens":3},{"text":"none","answer":"  ","correct":null}]}

            {"id":"b","question":"x","gold":"y"}
            """);
        EvaluationData data = await EvaluationData.LoadAsync(path);
        EvaluationItem first = data.Items[0];
        Assert.Equal(("1", "2+2?", "4.50", "2 2"), (first.Id, first.Question, first.Gold, first.Other["numbers"].GetString()));
        Assert.Equal(("four", "4", true, "m"), (first.Samples[0].Text, first.Samples[0].Answer, first.Samples[0].Correct, first.Samples[0].Other["model"].GetString()));
        Assert.Equal(new Reasoning.CallUsage(7, 3), first.Samples[0].Usage);
        Assert.Equal((null, null, null), (first.Samples[1].Answer, first.Samples[1].Correct, first.Samples[1].Usage));
        Assert.Empty(data.Items[1].Samples);
        Assert.True(data.HasRecordedAnswers);
    }

    [Theory]
    [InlineData("{\"id\":1,\"question\":\"q\"}", "line 2: the field \"gold\" is missing")]
    [InlineData("{\"id\":1,\"question\":null,\"gold\":1}", "line 2: the field \"question\" is null")]
    [InlineData("{\"id\":[],\"question\":\"q\",\"gold\":1}", "line 2: the field \"id\" must be text or a number, found a list")]
    [InlineData("{\"id\":1,", "line 2: not valid JSON near column 8")]
    [InlineData("[1]", "line 2: an object was expected, found a list")]
    [InlineData("{\"id\":\"ok\",\"question\":\"q\",\"gold\":1}", "line 2: the id \"ok\" was already used on line 1")]
    [InlineData("{\"id\":1,\"question\":\"q\",\"gold\":1,\"samples\":3}", "line 2: the field \"samples\" must be a list, found a number")]
    [InlineData("{\"id\":1,\"question\":\"q\",\"gold\":1,\"samples\":[{}]}", "line 2: samples[0] has no text")]
    [InlineData("{\"id\":1,\"question\":\"q\",\"gold\":1,\"samples\":[{\"text\":\"\",\"correct\":\"yes\"}]}", "line 2: samples[0].correct must be true or false, found text")]
    [InlineData("{\"id\":1,\"question\":\"\\ud800\",\"gold\":1}", "line 2: a string holds an invalid \\u escape")]
    public async Task LoadAsync_WrongLine_SaysWhatAndWhereInOneLine(string line, string message)
    {
        string path = folder.Write("bad.jsonl", "{\"id\":\"ok\",\"question\":\"q\",\"gold\":1}\n" + line + "\n");
        var e = await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(path));
        Assert.Equal($"{path} {message}", e.Message);
        Assert.Equal(2, e.Line);
    }

    [Fact]
    public async Task LoadAsync_NoFileOrNoContent_SaysSo()
    {
        Assert.EndsWith("there is no such file", (await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(folder.File("none.jsonl")))).Message, StringComparison.Ordinal);
        Assert.EndsWith("is a folder, not a file", (await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(folder.Path))).Message, StringComparison.Ordinal);
        Assert.EndsWith("holds no questions", (await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(folder.Write("empty.jsonl", "\n\n")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_DamagedGzipOrText_SaysWhere()
    {
        string path = folder.File("cut.jsonl.gz");
        var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9000).Select(i => $"{{\"id\":{i},\"question\":\"{i * 7919}\",\"gold\":1}}\n"))));
        await File.WriteAllBytesAsync(path, whole.ToArray()[..^2000]);
        Assert.Matches(@"line \d+: (the file is damaged or cut off here|not valid JSON)", (await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(path))).Message);

        string latin = folder.File("latin.jsonl");
        await File.WriteAllBytesAsync(latin, [(byte)'"', 0xe9, (byte)'"']);
        Assert.Contains("line 1: not UTF-8 text", (await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(latin))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_GzipUnderAnotherName_IsRecognisedByItsBytes()
    {
        string path = folder.File("data.jsonl");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            gzip.Write("{\"id\":1,\"question\":\"q\",\"gold\":1}"u8);
        Assert.Single((await EvaluationData.LoadAsync(path)).Items);
    }

    [Theory]
    [InlineData("problems_gsm8k_train.jsonl.gz", 7473, 0)]
    [InlineData("problems_gsm8k_test.jsonl.gz", 772, 0)]
    [InlineData("samples_gsm8k_fcot_codex002_prompts.jsonl.gz", 772, 15)]
    [InlineData("samples_gsm8k_openai_k4.jsonl.gz", 772, 4)]
    [InlineData("samples_svamp_fcot_multi.jsonl.gz", 617, 24)]
    [InlineData("samples_date_chatgpt_np_k10.jsonl.gz", 205, 10)]
    [InlineData("samples_game24_gpt4_io_k100.jsonl.gz", 100, 100)]
    [InlineData("steps_bigbench_mistake.jsonl.gz", 900, 0)]
    public async Task LoadAsync_PublishedData_LoadsWhole(string file, int questions, int samples)
    {
        if (SharedData.Find(file) is not { } path)
            return;
        EvaluationData data = await EvaluationData.LoadAsync(path);
        Assert.Equal(questions, data.Items.Count);
        Assert.All(data.Items, i => Assert.Equal(samples, i.Samples.Count));
    }

    [Theory]
    [InlineData("equivalence_unit_tests.jsonl", "question")]
    [InlineData("search_game24_gpt4_tot_bfs.jsonl.gz", "question")]
    public async Task LoadAsync_PublishedDataThatIsNoQuestions_SaysWhichFieldIsMissing(string file, string field)
    {
        if (SharedData.Find(file) is { } path)
            Assert.EndsWith($"line 1: the field \"{field}\" is missing", (await Assert.ThrowsAsync<EvaluationDataException>(() => EvaluationData.LoadAsync(path))).Message, StringComparison.Ordinal);
    }
}
