using System.Text;
using Agents.Reasoning;

namespace Agents.Models.OpenAI.Tests;

public sealed class ReplyReaderTests
{
    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"hi"}}]}""")]
    [InlineData("""{"choices":[{"message":{"role":null,"content":"hi"},"finish_reason":null,"index":null,"logprobs":null}],"usage":null,"created":1.5,"id":7}""")]
    [InlineData("""{"choices":[{"message":{"role":"robot","content":"hi","tool_calls":{}},"finish_reason":"","index":"0"}],"usage":{"prompt_tokens":null}}""")]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"h"},{"type":"text","text":"i"}]},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"message":{"content":["h","i"]}},null]}""")]
    [InlineData("""{"object":3,"choices":[{"message":{"content":"hi","annotations":[{"a":1}]},"finish_reason":{"odd":true}}],"service_tier":null}""")]
    public void Outcomes_OddButReadableReply_IsReadAsText(string json)
    {
        CallOutcome outcome = Read(json);

        Assert.Null(outcome.Failure);
        Assert.Equal("hi", outcome.Text);
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("length", "length")]
    [InlineData("eos", "eos")]
    [InlineData("", null)]
    public void Outcomes_FinishReason_IsTheModelsOwnWord(string reason, string? expected) =>
        Assert.Equal(expected, Read($$"""{"choices":[{"message":{"content":"hi"},"finish_reason":"{{reason}}"}]}""").FinishReason);

    [Theory]
    [InlineData("""{"content":"hi","reasoning_content":"hm"}""")]
    [InlineData("""{"content":"hi","reasoning":"hm"}""")]
    [InlineData("""{"content":"hi","reasoning_content":"","reasoning":"hm"}""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"hi"}]}""")]
    [InlineData("""{"content":[{"type":"reasoning","text":"hm"},{"type":"output_text","text":"hi"}]}""")]
    public void Outcomes_Thinking_IsKeptApartFromTheText(string message)
    {
        CallOutcome outcome = Read($$"""{"choices":[{"message":{{message}},"finish_reason":"stop"}]}""");

        Assert.Equal(("hi", "hm"), (outcome.Text, outcome.Thinking));
    }

    [Fact]
    public void Outcomes_OnlyThinkingBeforeTheLimit_IsAnEmptyTextNotAFailure()
    {
        CallOutcome outcome = Read("""{"choices":[{"message":{"content":null,"reasoning_content":"hm"},"finish_reason":"length"}]}""");

        Assert.Equal(("", "hm", "length"), (outcome.Text, outcome.Thinking, outcome.FinishReason));
    }

    [Fact]
    public void Outcomes_Usage_IncludesCachedAndReasoningTokens() =>
        Assert.Equal(
            new CallUsage(100, 50, 64, 30),
            Read("""{"choices":[{"message":{"content":"hi"}}],"usage":{"prompt_tokens":100,"completion_tokens":50.0,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":"30"}}}""").Usage);

    [Fact]
    public void Outcomes_CacheHitsInDeepSeeksField_AreRead() =>
        Assert.Equal(new CallUsage(100, 5, 80), Read("""{"choices":[{"message":{"content":"hi"}}],"usage":{"prompt_tokens":100,"completion_tokens":5,"prompt_cache_hit_tokens":80}}""").Usage);

    [Fact]
    public void Outcomes_NoUsage_IsNullNotZero() => Assert.Null(Read("""{"choices":[{"message":{"content":"hi"}}]}""").Usage);

    [Fact]
    public void Outcomes_LogProbabilities_KeepAllDigitsAndTheirAlternatives()
    {
        CallOutcome outcome = Read("""{"choices":[{"message":{"content":"hi"},"logprobs":{"content":[{"token":"h","logprob":-0.123456789012345,"bytes":[104],"top_logprobs":[{"token":"h","logprob":-0.1},{"token":"H","logprob":-9999.0}]},{"token":"i","logprob":null}]}}]}""");

        Assert.Equal(2, outcome.LogProbabilities.Count);
        Assert.Equal(-0.123456789012345, outcome.LogProbabilities[0].LogProbability);
        Assert.Equal([new("h", -0.1), new("H", -9999)], outcome.LogProbabilities[0].Alternatives);
        Assert.Equal(-9999, outcome.LogProbabilities[1].LogProbability);
    }

    [Fact]
    public void Outcomes_HalfASurrogatePair_CostsOneCharacterNotTheSample() =>
        Assert.Equal("a\n\"\uFFFD b", Read("""{"choices":[{"message":{"content":"a\n\"\ud83d b"}}]}""").Text);

    [Fact]
    public void Outcomes_ServerIgnoresStopStrings_TextAndTokensEndBeforeThem()
    {
        const string Json = """{"choices":[{"message":{"content":"one two END three"},"finish_reason":"length","logprobs":{"content":[{"token":"one","logprob":-1},{"token":" two","logprob":-1},{"token":" ","logprob":-1},{"token":"END","logprob":-1},{"token":" three","logprob":-1}]}}]}""";

        CallOutcome outcome = Read(Json, new SampleOptions { StopSequences = ["three", "END"] });

        Assert.Equal(("one two ", "stop", "stop"), (outcome.Text, outcome.FinishReason, outcome.Metadata["emulated"]));
        Assert.Equal(["one", " two", " "], outcome.LogProbabilities.Select(t => t.Token));
    }

    [Fact]
    public void Outcomes_ChoicesOutOfOrder_AreOrderedByIndex()
    {
        ChatReply reply = Parse("""{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}""");

        Assert.Equal(["a", "b"], ReplyReader.Outcomes(reply, 2, SampleOptions.Default).Select(o => o.Text));
    }

    private static ChatReply Parse(string json) => ReplyReader.Parse(Encoding.UTF8.GetBytes(json))!;

    private static CallOutcome Read(string json, SampleOptions? options = null) => Assert.Single(ReplyReader.Outcomes(Parse(json), 1, options ?? SampleOptions.Default));
}
