using System.Text.Json;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI.Tests;

public sealed class ToolCallTests : StubTests
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create((string city) => "sunny in " + city, "weather", "The weather in a city.");

    private static readonly ChatOptions WithTool = new() { Tools = [Weather], ToolMode = ChatToolMode.RequireAny };

    [Fact]
    public async Task GetResponseAsync_ModelCallsATool_TheCallComesThroughAndTheResultGoesBack()
    {
        Server.Enqueue(new StubBehavior { Body = """{"choices":[{"message":{"content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Lisbon\"}"}}]},"finish_reason":"tool_calls"}]}""" });
        using OpenAIReasoningClient client = Factory.CreateChatClient(Options);
        List<ChatMessage> turns = [new(ChatRole.User, "How is the weather in Lisbon?")];

        ChatResponse response = await client.GetResponseAsync(turns, WithTool);
        FunctionCallContent call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        turns.AddRange(response.Messages);
        turns.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny")]));
        await client.GetResponseAsync(turns, WithTool);

        Assert.Equal(("c1", "weather", "Lisbon"), (call.CallId, call.Name, call.Arguments!["city"]!.ToString()));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        JsonElement body = Traffic.Requests[1].Body;
        Assert.Equal("weather", body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("required", body.GetProperty("tool_choice").GetString());
        JsonElement sent = body.GetProperty("messages")[1].GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal("""{"city":"Lisbon"}""", sent.GetProperty("arguments").GetString());
        JsonElement result = body.GetProperty("messages")[2];
        Assert.Equal(("tool", "c1", "sunny"), (result.GetProperty("role").GetString(), result.GetProperty("tool_call_id").GetString(), result.GetProperty("content").GetString()));
    }

    [Fact]
    public void Finish_CallsInPieces_ArePutTogetherByIndex()
    {
        var tools = new ToolCallAssembler();
        tools.Add(JsonElement.Parse("""[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]"""));
        tools.Add(JsonElement.Parse("""[{"index":0,"function":{"arguments":"{\"x\":"}},{"index":1,"id":"b","function":{"name":"g","arguments":{"y":2}}}]"""));
        tools.Add(JsonElement.Parse("""[{"index":0,"id":"","function":{"name":null,"arguments":"1}"}}]"""));
        tools.Add(JsonElement.Parse("null"));

        IReadOnlyList<FunctionCallContent> calls = tools.Finish();

        Assert.Equal([("a", "f", "1"), ("b", "g", "2")], calls.Select(c => (c.CallId, c.Name, c.Arguments!.Values.Single()!.ToString()!)));
    }

    [Fact]
    public void Finish_ArgumentsAreNotJson_IsAnErrorOnTheCall()
    {
        var tools = new ToolCallAssembler();
        tools.Add(JsonElement.Parse("""[{"id":"a","function":{"name":"f","arguments":"{oops"}}]"""));

        Assert.NotNull(Assert.Single(tools.Finish()).Exception);
    }
}
