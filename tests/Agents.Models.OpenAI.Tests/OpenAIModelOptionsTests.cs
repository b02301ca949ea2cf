namespace Agents.Models.OpenAI.Tests;

public sealed class OpenAIModelOptionsTests
{
    private static readonly OpenAIModelOptions Valid = new("m");

    public static TheoryData<OpenAIModelOptions, string> OutOfRange => new()
    {
        { Valid with { Model = " " }, "Model" },
        { Valid with { Endpoint = new Uri("ftp://x/") }, "Endpoint" },
        { Valid with { Endpoint = new Uri("https://user:pass@x/v1") }, "Endpoint" },
        { Valid with { Endpoint = new Uri("/v1", UriKind.Relative) }, "Endpoint" },
        { Valid with { MaxConcurrency = 0 }, "MaxConcurrency" },
        { Valid with { RequestsPerMinute = 0 }, "RequestsPerMinute" },
        { Valid with { TokensPerMinute = 0 }, "TokensPerMinute" },
        { Valid with { Timeout = TimeSpan.Zero }, "Timeout" },
        { Valid with { MaxRetries = -1 }, "MaxRetries" },
        { Valid with { RetryDelay = TimeSpan.Zero }, "RetryDelay" },
        { Valid with { MaxRetryAfter = TimeSpan.Zero }, "MaxRetryAfter" },
        { Valid with { MaxChoicesPerRequest = 129 }, "MaxChoicesPerRequest" },
        { Valid with { TokenLimitParameter = "limit" }, "TokenLimitParameter" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void CreateSampler_OptionOutOfRange_NamesOptionAndBound(OpenAIModelOptions options, string option)
    {
        using var factory = new OpenAIModelFactory();

        ArgumentException e = Assert.Throws<ArgumentException>(() => factory.CreateSampler(options));

        Assert.StartsWith($"OpenAIModelOptions.{option} must ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateSampler_TokensOverPlainHttp_AreRefused()
    {
        using var factory = new OpenAIModelFactory();

        Assert.Throws<ArgumentException>(() => factory.CreateSampler(Valid with { Endpoint = new Uri("http://x/v1"), Credential = OpenAICredential.FromAzureIdentity() }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public void FromKey_NotAKey_IsRefused(string key) => Assert.ThrowsAny<ArgumentException>(() => OpenAICredential.FromKey(key));

    [Theory]
    [InlineData("https://api.openai.com/v1", true)]
    [InlineData("https://res.openai.azure.com/openai/v1", true)]
    [InlineData("https://api.openai.com.evil.example/v1", false)]
    [InlineData("http://localhost:8000/v1", false)]
    public void IsOfficial_OnlyForOpenAIAndAzure(string endpoint, bool expected) =>
        Assert.Equal(expected, (Valid with { Endpoint = new Uri(endpoint) }).IsOfficial);
}
