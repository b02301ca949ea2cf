namespace Agents.Server.Tests.Channels;

/// <summary>The channel's configuration is checked before anything listens.</summary>
public sealed class ChannelConfigurationTests
{
    [Theory]
    [InlineData("AllowAnonymous", "http://0.0.0.0:0", null, true)]
    [InlineData("AppId", "http://127.0.0.1:0", null, false)]
    [InlineData("AppId", "http://127.0.0.1:0", "no-guid", false)]
    [InlineData("exclude each other", "http://127.0.0.1:0", ChannelServer.AppId, true)]
    [InlineData("AGENTS_CHANNEL_SECRET", "http://127.0.0.1:0", ChannelServer.AppId, false)]
    public void Configuration_ThatWouldLetAnyoneIn_IsRefused(string said, string url, string? appId, bool isAnonymous)
    {
        var options = new ServerOptions
        {
            Urls = [url],
            Keys = [new ApiKeyOptions { Name = "a", Sha256 = new string('0', 64) }],
            Models = new Dictionary<string, ServedModelOptions> { ["m"] = new() { Spec = "openai:m@http://127.0.0.1:1/v1" } },
            Channel = new ChannelOptions { AppId = appId, AllowAnonymous = isAnonymous },
        };
        ServerOptionsException e = Assert.Throws<ServerOptionsException>(() => ReasoningServer.Build(options, _ => null));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Strategy":"","Limits":{"MaxSamples":3},"ServiceUrls":["https://a.test/"],"OnReject":{"Samples":9}}}}""", null)]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Strategy":"guessing"}}}""", "Agents:Channel:Strategy is 'guessing'")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"UpdateSeconds":60}}}""", "Agents:Channel:UpdateSeconds is 60; it must be 1 to 45")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"ServiceUrls":["http://a.test/"]}}}""", "Agents:Channel:ServiceUrls has 'http://a.test/'")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Limits":{"MaxSamples":0}}}}""", "Agents:Channel:Limits:MaxSamples")]
    [InlineData("""{"Agents":{"Channel":{"AllowAnonymous":true,"Secret":"x"}}}""", "'Secret'")]
    public void Configuration_IsReadWhole_OrRefusedByName(string json, string? said)
    {
        using var folder = new TestFolder();
        string file = Path.Combine(folder.Path, "agents.json");
        File.WriteAllText(file, json);
        ServerOptions Read()
        {
            ServerOptions read = ServerConfiguration.Read(file, [], new Dictionary<string, string> { ["m"] = "openai:m@http://127.0.0.1:1/v1" }, _ => null);
            ServerOptionsReview.Check(read);
            return read;
        }

        if (said is not null)
        {
            Assert.Contains(said, Assert.Throws<ServerOptionsException>(Read).Message, StringComparison.Ordinal);
            return;
        }

        ChannelOptions channel = Read().Channel!;
        Assert.Equal(("", 3, 1, 9), (channel.Strategy, channel.Limits.MaxSamples, channel.Limits.MaxConcurrency, channel.OnReject!.Samples));
        Assert.Equal(["https://a.test/"], channel.ServiceUrls);
    }
}
