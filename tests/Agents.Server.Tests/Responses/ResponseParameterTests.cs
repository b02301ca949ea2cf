using System.Text.Json;

namespace Agents.Server.Tests.Responses;

/// <summary>Every parameter of a response is honoured or refused by its name.</summary>
public sealed class ResponseParameterTests
{
    private const string Path = "/v1/responses";

    [Theory]
    [InlineData("tools", "\"tools\":[{\"type\":\"web_search\"}]")]
    [InlineData("include", "\"include\":[\"reasoning.encrypted_content\"]")]
    [InlineData("truncation", "\"truncation\":\"auto\"")]
    [InlineData("conversation", "\"conversation\":\"c\"")]
    [InlineData("prompt", "\"prompt\":{\"id\":\"p\"}")]
    [InlineData("max_tool_calls", "\"max_tool_calls\":1")]
    [InlineData("top_logprobs", "\"top_logprobs\":2")]
    [InlineData("stream", "\"stream\":true,\"background\":true")]
    [InlineData("store", "\"store\":false,\"background\":true")]
    [InlineData("text.format.type", "\"text\":{\"format\":{\"type\":\"grammar\"}}")]
    [InlineData("text.format.schema", "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"x\"}}")]
    [InlineData("reasoning.effort", "\"reasoning\":{\"effort\":\"enormous\"}")]
    [InlineData("reasoning.summary", "\"reasoning\":{\"summary\":\"long\"}")]
    [InlineData("reasoning.samples", "\"reasoning\":{\"samples\":3}")]
    [InlineData("metadata", "\"metadata\":{\"a\":1}")]
    [InlineData("previous_response_id", "\"previous_response_id\":\"resp_no\"")]
    [InlineData("no_such_thing", "\"no_such_thing\":1")]
    public async Task UnsupportedParameter_IsRefusedByName(string param, string more)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync(Path, $$"""{"model":"gpt-x","input":"q",{{more}}}""");
        Assert.Equal((400, param), (status, body.GetProperty("error").GetProperty("param").GetString()));
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Theory]
    [InlineData("input", """{"model":"gpt-x"}""")]
    [InlineData("model", """{"input":"q"}""")]
    [InlineData("input[0].type", """{"model":"gpt-x","input":[{"type":"function_call","name":"f"}]}""")]
    [InlineData("input[0].role", """{"model":"gpt-x","input":[{"role":"wizard","content":"q"}]}""")]
    [InlineData("input[0].content[0].type", """{"model":"gpt-x","input":[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]}""")]
    [InlineData("input[0].content[0].image_url", """{"model":"gpt-x","input":[{"role":"user","content":[{"type":"input_image","image_url":"http://169.254.169.254/x.png"}]}]}""")]
    public async Task BadInput_IsRefusedWithItsPlace(string param, string json)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync(Path, json);
        Assert.Equal((400, param), (status, body.GetProperty("error").GetProperty("param").GetString()));
    }
}
