using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Server.Tests.Clients;
using Agents.Testing;

namespace Agents.Server.Tests.Schemas;

/// <summary>
/// Every reply, chunk and error of the OpenAI endpoints is of the types that OpenAI publishes in its own client package. The
/// TypeScript compiler checks what the server really sent, each as a literal: a field that is missing, of another type, or neither
/// published nor declared in <c>tests/clients/declared.ts</c> is an error.
/// </summary>
public sealed class PublishedTypeTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Responses = "/v1/responses";
    private readonly List<(string Type, string Json, bool IsWrong)> recorded = [];

    [NodeFact]
    public async Task WhatTheServerSends_IsOfThePublishedTypes()
    {
        foreach (StrategyDescription strategy in StrategyCatalogue.Descriptions)
            await StrategyAsync(strategy.Name);
        await RepliesAsync();
        await ErrorsAsync();
        await ResponsesAsync();
        // The check itself is checked: without these it could pass over everything.
        Wrong("Completion", """{"object":"chat.completion","created":1,"model":"m","choices":[]}""");
        Wrong("CompletionChunk", """{"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"undeclared":1},"finish_reason":null}]}""");
        Wrong("Response", """{"id":"resp_1","object":"response"}""");
        Wrong("ErrorBody", """{"error":{"message":"m","type":"t"}}""");
        Wrong("ResponseEvent", """{"type":"response.output_text.delta","delta":"x","item_id":"i","output_index":0,"content_index":0,"sequence_number":1}""");
        JsonElement response = JsonElement.Parse(recorded.First(r => r.Type == "Response").Json);
        Wrong("Response", response.GetRawText().Replace("\"type\":\"output_text\"", "\"type\":\"output_text\",\"undeclared\":1", StringComparison.Ordinal));
        (int exit, string said) = await CompileAsync();
        Assert.True(exit == 0, said);
        foreach (string type in (string[])["Completion", "CompletionChunk", "ErrorBody", "Model", "ModelList", "Response", "ResponseEvent", "ResponseDeleted"])
            Assert.Contains(recorded, r => r.Type == type && !r.IsWrong);
    }

    private void Right(string type, string json) => recorded.Add((type, json, false));

    private void Wrong(string type, string json) => recorded.Add((type, json, true));

    private async Task PostAsync(RunningServer server, string type, int status, string path, string json, params (string, string)[] headers)
    {
        (int answered, JsonElement body, _) = await server.PostAsync(path, json, headers);
        Assert.True(status == answered, $"{answered} to {json}: {body}");
        Right(type, body.GetRawText());
    }

    private async Task StreamAsync(RunningServer server, string type, string path, string json)
    {
        using HttpRequestMessage request = RunningServer.Request(path, json, []);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        foreach (string line in (await response.Content.ReadAsStringAsync()).Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)))
            Right(line.StartsWith("data: {\"error\":", StringComparison.Ordinal) ? "ErrorBody" : type, line["data: ".Length..]);
    }

    private static string Ask(string model, string more = "") => $$"""{"model":"{{model}}","input":"What is 6 times 7?"{{(more.Length > 0 ? "," + more : "")}}}""";

    private async Task StrategyAsync(string name)
    {
        await using RunningServer server = await RunningServer.StartCapableAsync();
        server.Upstream.Behavior = new() { Text = (_, _) => "<answer>42</answer>" };
        await PostAsync(server, "Completion", 200, Chat, RunningServer.Chat(name + "/gpt-x", "What is 6 times 7?"));
        await StreamAsync(server, "CompletionChunk", Chat, RunningServer.Chat(name + "/gpt-x", "What is 6 times 7?", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        await PostAsync(server, "Response", 200, Responses, Ask(name + "/gpt-x"));
        await StreamAsync(server, "ResponseEvent", Responses, Ask(name + "/gpt-x", "\"stream\":true"));
    }

    private async Task RepliesAsync()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Right("ModelList", (await server.GetAsync("/v1/models")).Body.GetRawText());
        Right("Model", (await server.GetAsync("/v1/models/self-consistency/gpt-x")).Body.GetRawText());
        server.Upstream.Behavior = new() { Thinking = "hm", FinishReason = "length", Usage = false };
        await PostAsync(server, "Completion", 200, Chat, RunningServer.Chat("gpt-x", "q", "\"n\":2"));
        await StreamAsync(server, "CompletionChunk", Chat, RunningServer.Chat("gpt-x", "q", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        server.Upstream.Behavior = new() { Body = """{"id":"x","object":"chat.completion","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}],"usage":{"prompt_tokens":5,"completion_tokens":5}}""" };
        const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"parameters\":{\"type\":\"object\"}}}]";
        await PostAsync(server, "Completion", 200, Chat, RunningServer.Chat("self-consistency/gpt-x", "q", Tools));
        await StreamAsync(server, "CompletionChunk", Chat, RunningServer.Chat("self-consistency/gpt-x", "q", Tools + ",\"stream\":true"));
    }

    private async Task ErrorsAsync()
    {
        const string Key = "schema-key-0123456789";
        (string, string) key = ("x-api-key", Key);
        await using RunningServer server = await RunningServer.StartAsync(o => o with
        {
            MaxBodyBytes = 4096,
            Keys = [new ApiKeyOptions { Name = "a", Sha256 = ServerConfiguration.HashOf(Key), Limits = new CallerLimits { TokensPerMinute = 1 } }, new ApiKeyOptions { Name = "b", Sha256 = ServerConfiguration.HashOf(Key + "b") }],
        });
        (string, string) other = ("x-api-key", Key + "b");
        foreach (string path in (string[])[Chat, Responses])
        {
            string question = path == Chat ? RunningServer.Chat("gpt-x", "q") : Ask("gpt-x");
            await PostAsync(server, "ErrorBody", 401, path, question);
            await PostAsync(server, "ErrorBody", 400, path, "{oops", other);
            await PostAsync(server, "ErrorBody", 400, path, "{}", other);
            await PostAsync(server, "ErrorBody", 404, path, question.Replace("gpt-x", "nonsense", StringComparison.Ordinal), other);
            await PostAsync(server, "ErrorBody", 413, path, question + new string(' ', 5000), other);
            foreach ((int upstream, int status) in ((int, int)[])[(401, 502), (429, 429), (400, 400), (404, 502), (500, 502)])
            {
                server.Upstream.Behavior = StubBehavior.Fail(upstream);
                await PostAsync(server, "ErrorBody", status, path, question, other);
            }

            using var wrong = new HttpRequestMessage(HttpMethod.Put, path) { Headers = { { "x-api-key", Key + "b" } } };
            using HttpResponseMessage method = await server.Client.SendAsync(wrong);
            Assert.Equal(404, (int)method.StatusCode);
            Right("ErrorBody", await method.Content.ReadAsStringAsync());
            using HttpRequestMessage text = RunningServer.Request(path, question, [other]);
            text.Content!.Headers.ContentType = new("text/plain");
            using HttpResponseMessage media = await server.Client.SendAsync(text);
            Assert.Equal(415, (int)media.StatusCode);
            Right("ErrorBody", await media.Content.ReadAsStringAsync());
        }

        server.Upstream.Behavior = StubBehavior.Default;
        await PostAsync(server, "Completion", 200, Chat, RunningServer.Chat("gpt-x", "q"), key);
        await PostAsync(server, "ErrorBody", 429, Chat, RunningServer.Chat("gpt-x", "q"), key);
        await PostAsync(server, "ErrorBody", 404, "/v1/nothing", "{}", other);
        Right("ErrorBody", (await server.GetAsync("/v1/models/nonsense", other)).Body.GetRawText());
        Right("ErrorBody", (await server.GetAsync(Responses + "/resp_nonsense", other)).Body.GetRawText());

        await using RunningServer open = await RunningServer.StartAsync();
        open.Upstream.Behavior = StubBehavior.Fail(503);
        await StreamAsync(open, "CompletionChunk", Chat, RunningServer.Chat("self-consistency/gpt-x", "q", "\"stream\":true"));
        Right("ErrorBody", (await open.GetAsync("/v1/models", ("Host", "rebound.example"))).Body.GetRawText());
    }

    private async Task ResponsesAsync()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        const string All = """ "instructions":"Be brief.","metadata":{"a":"b"},"temperature":0.5,"top_p":0.9,"max_output_tokens":100,"user":"u","safety_identifier":"s","tool_choice":"none","reasoning":{"effort":"low","summary":"auto"},"text":{"format":{"type":"text"},"verbosity":"low"} """;
        await PostAsync(server, "Response", 200, Responses, Ask("self-consistency/gpt-x", All));
        await StreamAsync(server, "ResponseEvent", Responses, Ask("gpt-x", All + ",\"stream\":true"));
        server.Upstream.Behavior = new() { Thinking = "hm", FinishReason = "length" };
        await PostAsync(server, "Response", 200, Responses, Ask("gpt-x"));
        await StreamAsync(server, "ResponseEvent", Responses, Ask("gpt-x", "\"stream\":true"));
        server.Upstream.Behavior = new() { Text = (_, _) => """{"a":1}""" };
        await PostAsync(server, "Response", 200, Responses, Ask("gpt-x", """ "text":{"format":{"type":"json_schema","name":"r","strict":true,"schema":{"type":"object"}}} """));
        server.Upstream.Behavior = StubBehavior.Fail(429);
        await StreamAsync(server, "ResponseEvent", Responses, Ask("self-consistency/gpt-x", "\"stream\":true"));
        server.Upstream.Behavior = new() { Hang = true };
        await PostAsync(server, "Response", 200, Responses, Ask("self-consistency/gpt-x", "\"background\":true"));
        string id = JsonElement.Parse(recorded[^1].Json).GetProperty("id").GetString()!;
        await server.Upstream.Traffic.WhenInFlightAsync(1);
        Right("Response", (await server.GetAsync($"{Responses}/{id}")).Body.GetRawText());
        await PostAsync(server, "Response", 200, $"{Responses}/{id}/cancel", "{}");
        using HttpResponseMessage deleted = await server.Client.DeleteAsync($"{Responses}/{id}");
        Right("ResponseDeleted", await deleted.Content.ReadAsStringAsync());
    }

    private async Task<(int Exit, string Said)> CompileAsync()
    {
        string folder = await NodePackages.InstalledAsync();
        var code = new StringBuilder("import type * as Declared from \"./declared.js\";\n");
        foreach ((int i, (string type, string json, bool isWrong)) in recorded.Index())
            code.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(isWrong ? "// @ts-expect-error\n" : "")}export const sent{i}: Declared.{type} = {json};\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "recorded.ts"), code.ToString());
        using Process compiler = Process.Start(new ProcessStartInfo("node", "node_modules/typescript/bin/tsc -p tsconfig.json") { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        string said = await compiler.StandardOutput.ReadToEndAsync();
        await compiler.WaitForExitAsync();
        return (compiler.ExitCode, said.Length > 4000 ? said[..4000] : said);
    }
}
