using System.Text.Json;

namespace Agents.Server.Tests.OpenAI;

/// <summary>Every parameter is honoured or refused by its name.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("logprobs", "\"logprobs\":true", "unsupported_parameter")]
    [InlineData("top_logprobs", "\"top_logprobs\":3", "unsupported_parameter")]
    [InlineData("logit_bias", "\"logit_bias\":{\"1\":5}", "unsupported_parameter")]
    [InlineData("functions", "\"functions\":[]", "unsupported_parameter")]
    [InlineData("audio", "\"audio\":{}", "unsupported_parameter")]
    [InlineData("web_search_options", "\"web_search_options\":{}", "unsupported_parameter")]
    [InlineData("store", "\"store\":true", "unsupported_parameter")]
    [InlineData("modalities", "\"modalities\":[\"audio\"]", "unsupported_parameter")]
    [InlineData("no_such_thing", "\"no_such_thing\":1", "unsupported_parameter")]
    [InlineData("temperature", "\"temperature\":3", "invalid_value")]
    [InlineData("temperature", "\"temperature\":\"hot\"", "invalid_type")]
    [InlineData("top_p", "\"top_p\":0", "invalid_value")]
    [InlineData("n", "\"n\":0", "invalid_value")]
    [InlineData("n", "\"n\":1.5", "invalid_type")]
    [InlineData("max_tokens", "\"max_tokens\":0", "invalid_value")]
    [InlineData("stop", "\"stop\":[\"\"]", "invalid_value")]
    [InlineData("stream", "\"stream\":\"yes\"", "invalid_type")]
    [InlineData("stream_options", "\"stream_options\":{\"include_usage\":true}", "invalid_value")]
    [InlineData("reasoning_effort", "\"reasoning_effort\":\"enormous\"", "invalid_value")]
    [InlineData("response_format.type", "\"response_format\":{\"type\":\"xml\"}", "unsupported_parameter")]
    [InlineData("response_format.json_schema.schema", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\"}}", "missing_parameter")]
    [InlineData("response_format.json_schema.schema", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"dependentSchemas\":{}}}}", "invalid_value")]
    [InlineData("tool_choice", "\"tool_choice\":\"auto\"", "invalid_value")]
    [InlineData("tools[0].type", "\"tools\":[{\"type\":\"web_search\"}]", "unsupported_parameter")]
    [InlineData("reasoning", "\"reasoning\":{\"strategy\":\"self-consistency\",\"sampels\":5}", "invalid_value")]
    [InlineData("reasoning.strategy", "\"reasoning\":{\"strategy\":\"self-consistncy\"}", "invalid_value")]
    [InlineData("reasoning.budget.gold", "\"reasoning\":{\"strategy\":\"direct\",\"budget\":{\"gold\":1}}", "unsupported_parameter")]
    [InlineData("reasoning.samples", "\"reasoning\":{\"samples\":3}", "unsupported_parameter")]
    public async Task IsRefusedByName(string param, string more, string code)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat("gpt-x", "q", more));
        JsonElement error = body.GetProperty("error");
        Assert.Equal((400, param, code, "invalid_request_error"), (status, error.GetProperty("param").GetString(), error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Empty(server.Upstream.Traffic.Requests);
    }

    [Theory]
    [InlineData("messages", """{"model":"gpt-x"}""", "missing_parameter")]
    [InlineData("model", """{"messages":[{"role":"user","content":"q"}]}""", "missing_parameter")]
    [InlineData("messages", """{"model":"gpt-x","messages":[]}""", "invalid_value")]
    [InlineData("messages[0].role", """{"model":"gpt-x","messages":[{"role":"wizard","content":"q"}]}""", "invalid_value")]
    [InlineData("messages[0].content", """{"model":"gpt-x","messages":[{"role":"user"}]}""", "missing_parameter")]
    [InlineData("messages[0].content[0].type", """{"model":"gpt-x","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""", "unsupported_parameter")]
    [InlineData("messages[0].content[0].image_url.url", """{"model":"gpt-x","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://169.254.169.254/x.png"}}]}]}""", "unsupported_parameter")]
    [InlineData("messages", """{"model":"direct/gpt-x","messages":[{"role":"system","content":"q"}]}""", "invalid_value")]
    [InlineData(null, "[1]", "invalid_json")]
    [InlineData(null, "{oops", "invalid_json")]
    [InlineData(null, """{"model":"gpt-x","model":"gpt-x"}""", "invalid_json")]
    public async Task BadBody_IsRefusedWithItsPlace(string? param, string json, string code)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", json);
        Assert.Equal((400, param, code), (status, body.GetProperty("error").GetProperty("param").GetString(), body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("no-such-model")]
    [InlineData("self-consistency/no-such-model")]
    [InlineData("no-such-strategy/gpt-x")]
    public async Task UnknownModel_Is404(string model)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (int status, JsonElement body, _) = await server.PostAsync("/v1/chat/completions", RunningServer.Chat(model, "q"));
        Assert.Equal((404, "model_not_found", "model"), (status, body.GetProperty("error").GetProperty("code").GetString(), body.GetProperty("error").GetProperty("param").GetString()));
    }

    [Fact]
    public async Task WhatTheStandardClientsSendByDefault_IsTaken()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("gpt-x", "q", "\"user\":\"u\",\"metadata\":{},\"store\":false,\"logprobs\":false,\"temperature\":null,\"stop\":null,\"frequency_penalty\":0,\"presence_penalty\":0,\"service_tier\":\"auto\",\"modalities\":[\"text\"],\"logit_bias\":{}");
    }

    [Fact]
    public async Task Penalties_ReachTheUpstream()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.ChatAsync("gpt-x", "q", "\"frequency_penalty\":0.5");
        Assert.Equal(0.5, server.Upstream.Traffic.Requests[0].Body.GetProperty("frequency_penalty").GetDouble());
    }
}
