using Agents.Reasoning;

namespace Agents.Models.OpenAI.Tests;

public sealed class OpenAIModelSpecTests
{
    private static OpenAIModelOptions Parse(string spec, params (string Name, string Value)[] environment) =>
        OpenAIModelSpec.Parse(spec, name => environment.FirstOrDefault(v => v.Name == name).Value);

    [Fact]
    public void Parse_OpenAI_TakesTheKeyFromTheEnvironment()
    {
        OpenAIModelOptions options = Parse("openai:gpt-x", ("OPENAI_API_KEY", "sk-something-secret"));

        Assert.Equal(("gpt-x", OpenAIModelOptions.DefaultEndpoint, "key"), (options.Model, options.Endpoint, options.Credential.ToString()));
        Assert.Equal("openai:gpt-x@api.openai.com/v1", options.ModelId);
        Assert.Equal((ChoicesMode.On, "max_completion_tokens"), (options.EffectiveChoices, options.EffectiveTokenLimit));
    }

    [Theory]
    [InlineData("openai:meta/llama-3:8b@http://127.0.0.1:8000/v1", "meta/llama-3:8b", "http://127.0.0.1:8000/v1")]
    [InlineData("openai:llama@http://localhost:8000/v1/", "llama", "http://localhost:8000/v1")]
    [InlineData("openai:model@2026-01@http://[::1]:9/v1", "model@2026-01", "http://[::1]:9/v1")]
    [InlineData("ollama:qwen3:4b", "qwen3:4b", "http://localhost:11434/v1")]
    [InlineData("ollama:qwen3:4b@http://10.0.0.5:11434/v1", "qwen3:4b", "http://10.0.0.5:11434/v1")]
    public void Parse_LocalServers_NeedNoKey(string spec, string model, string endpoint)
    {
        OpenAIModelOptions options = Parse(spec);

        Assert.Equal((model, new Uri(endpoint), "none"), (options.Model, options.Endpoint, options.Credential.ToString()));
        Assert.Equal((ChoicesMode.Off, "max_tokens"), (options.EffectiveChoices, options.EffectiveTokenLimit));
    }

    [Fact]
    public void Parse_Azure_StandsForTheV1ApiAndUsesTheIdentityWithoutAKey()
    {
        Assert.Equal(new Uri("https://res.openai.azure.com/openai/v1"), Parse("azure:my-dep@https://res.openai.azure.com", ("AZURE_OPENAI_API_KEY", "abc")).Endpoint);
        Assert.Equal("token", Parse("azure:my-dep@https://res.openai.azure.com/openai/v1").Credential.ToString());
    }

    [Fact]
    public void Parse_Options_AreRead()
    {
        OpenAIModelOptions options = Parse("openai:m@http://127.0.0.1:1/v1?n=auto&concurrency=8&rpm=600&tpm=90000&timeout=30&retries=2&logprobs=on&seed=off&token_limit=max_completion_tokens&continue_flags=on");

        Assert.Equal(ChoicesMode.Auto, options.Choices);
        Assert.Equal((8, 600, 90_000L, TimeSpan.FromSeconds(30), 2), (options.MaxConcurrency, options.RequestsPerMinute, options.TokensPerMinute, options.Timeout, options.MaxRetries));
        Assert.Equal("max_completion_tokens", options.EffectiveTokenLimit);
        Assert.Equal(new SamplerCapabilities { LogProbabilities = true, StopSequences = true, ContinueAssistant = true }, options.Capabilities);
        Assert.True(options.SendContinueFlags);
    }

    [Theory]
    [InlineData("gpt-x", "is not a model spec")]
    [InlineData("bedrock:x", "is not a model spec")]
    [InlineData("openai:", "names no model")]
    [InlineData("openai:@http://127.0.0.1:1/v1", "names no model")]
    [InlineData("openai:m@127.0.0.1:8000", "must be an http:// or https:// address")]
    [InlineData("openai:m@http://", "must be an http:// or https:// address|not a valid address")]
    [InlineData("openai:m@https://example.com/v1", "OPENAI_API_KEY")]
    [InlineData("openai:m", "OPENAI_API_KEY")]
    [InlineData("azure:dep", "needs the resource's address")]
    [InlineData("azure:dep@http://res.openai.azure.com", "must be https")]
    [InlineData("openai:m@http://127.0.0.1:1/v1?n=yes", "on, off or auto")]
    [InlineData("openai:m@http://127.0.0.1:1/v1?speed=9", "is not an option")]
    [InlineData("openai:m@http://127.0.0.1:1/v1?concurrency=0", "MaxConcurrency must be 1")]
    [InlineData("openai:m@http://127.0.0.1:1/v1?retries=many", "whole number")]
    public void Parse_WrongSpec_SaysWhatIsWrong(string spec, string reason) =>
        Assert.Matches(reason, Assert.Throws<FormatException>(() => Parse(spec)).Message);

    [Theory]
    [InlineData("openai:m@https://user:hunter2@example.com/v1")]
    [InlineData("openai:m@http://127.0.0.1:1/v1?api_key=hunter2")]
    [InlineData("openai:m@http://127.0.0.1:1/v1?token=hunter2")]
    [InlineData("openai:sk-hunter2hunter2hunter2")]
    [InlineData("sk-hunter2hunter2hunter2")]
    public void Parse_SpecWithASecret_IsRefusedWithoutRepeatingIt(string spec)
    {
        FormatException e = Assert.Throws<FormatException>(() => Parse(spec, ("OPENAI_API_KEY", "abc")));

        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_KeyThatNoHeaderCanCarry_IsNamedByItsVariable()
    {
        FormatException e = Assert.Throws<FormatException>(() => Parse("openai:m", ("OPENAI_API_KEY", "hünter2 x")));

        Assert.Contains("OPENAI_API_KEY", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nter2", e.Message, StringComparison.Ordinal);
    }
}
