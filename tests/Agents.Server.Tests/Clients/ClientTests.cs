using System.ClientModel;
using System.Diagnostics;
using System.Text.Json;
using Agents.Testing;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Agents.Server.Tests.Clients;

/// <summary>Clients that others wrote, as people use them: three independent readers of the same API.</summary>
public sealed class ClientTests
{
    private const string Key = "client-key-0123456789";

    [NodeFact]
    public async Task NpmOpenAI_Completes_Streams_AndMapsErrors() => await RunAsync("openai.mjs");

    [NodeFact]
    public async Task NpmAiSdk_Completes_Streams_AndCallsTools() => await RunAsync("ai.mjs");

    [NodeFact]
    public async Task NpmOpenAI_Responses_CreatesStreamsPollsAndCancels() => await RunAsync("responses.mjs");

    [Fact]
    public async Task DotNetOpenAI_Responses_CreatesStreamsPollsAndCancels()
    {
        await using RunningServer server = await StartAsync();
#pragma warning disable OPENAI001 // The SDK marks its responses client as experimental; it is what its users have.
        ResponsesClient client = new(new ApiKeyCredential(Key), new ResponsesClientOptions { Endpoint = new Uri(server.Address, "/v1") });
        CreateResponseOptions Asking(string model, params ResponseItem[] items)
        {
            var options = new CreateResponseOptions { Model = model };
            foreach (ResponseItem item in items)
                options.InputItems.Add(item);
            return options;
        }

        ResponseResult whole = await client.CreateResponseAsync(Asking("self-consistency/gpt-x", ResponseItem.CreateUserMessageItem("What is 6 times 7?")));
        Assert.Equal(ResponseStatus.Completed, whole.Status);
        Assert.Contains("answer", whole.GetOutputText(), StringComparison.Ordinal);
        Assert.Equal(whole.Usage.InputTokenCount + whole.Usage.OutputTokenCount, whole.Usage.TotalTokenCount);

        CreateResponseOptions streamed = Asking("self-consistency/gpt-x", ResponseItem.CreateUserMessageItem("And 6 times 8?"));
        streamed.PreviousResponseId = whole.Id;
        streamed.StreamingEnabled = true;
        string text = "";
        bool hasCompleted = false;
        await foreach (StreamingResponseUpdate update in await client.CreateResponseStreamingAsync(streamed))
        {
            text += update is StreamingResponseOutputTextDeltaUpdate delta ? delta.Delta : "";
            hasCompleted |= update is StreamingResponseCompletedUpdate;
        }

        Assert.True(hasCompleted);
        Assert.Contains("answer", text, StringComparison.Ordinal);

        CreateResponseOptions held = Asking("self-consistency/held", ResponseItem.CreateUserMessageItem("q"));
        held.BackgroundModeEnabled = true;
        ResponseResult background = await client.CreateResponseAsync(held);
        Assert.Equal(ResponseStatus.Queued, background.Status);
        Assert.Equal(ResponseStatus.Cancelled, ((ResponseResult)await client.CancelResponseAsync(background.Id)).Status);
        Assert.Equal(ResponseStatus.Cancelled, ((ResponseResult)await client.GetResponseAsync(background.Id)).Status);
#pragma warning restore OPENAI001
    }

    [Fact]
    public async Task DotNetOpenAI_Completes_Streams_AndMapsErrors()
    {
        await using RunningServer server = await StartAsync();
        ChatClient client = new(model: "self-consistency/gpt-x", new ApiKeyCredential(Key), new OpenAIClientOptions { Endpoint = new Uri(server.Address, "/v1") });
        ChatCompletion whole = await client.CompleteChatAsync([new UserChatMessage("What is 6 times 7?")], new ChatCompletionOptions { Temperature = 0.5f, MaxOutputTokenCount = 200 });
        Assert.Equal((ChatFinishReason.Stop, ChatMessageRole.Assistant), (whole.FinishReason, whole.Role));
        Assert.Contains("answer", whole.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(whole.Usage.InputTokenCount + whole.Usage.OutputTokenCount, whole.Usage.TotalTokenCount);

        string text = "";
        ChatTokenUsage? usage = null;
        await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync([new UserChatMessage("What is 6 times 7?")]))
        {
            text += string.Concat(update.ContentUpdate.Select(c => c.Text));
            usage = update.Usage ?? usage;
        }

        Assert.Contains("answer", text, StringComparison.Ordinal);
        Assert.True(usage?.TotalTokenCount > 0);

        ChatClient wrong = new(model: "nonsense", new ApiKeyCredential(Key), new OpenAIClientOptions { Endpoint = new Uri(server.Address, "/v1") });
        ClientResultException e = await Assert.ThrowsAsync<ClientResultException>(() => wrong.CompleteChatAsync([new UserChatMessage("q")]));
        Assert.Equal(404, e.Status);
        Assert.Contains("model_not_found", e.Message, StringComparison.Ordinal);
    }

    private static async Task<RunningServer> StartAsync()
    {
        StubModelServer upstream = await StubModelServer.StartAsync();
        upstream.Script = request => request.Model switch
        {
            "broken" => StubBehavior.Fail(503),
            "held" => new StubBehavior { Hang = true },
            "tools" => new StubBehavior { Body = """{"id":"x","object":"chat.completion","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}],"usage":{"prompt_tokens":5,"completion_tokens":5}}""" },
            _ => null,
        };
        return await RunningServer.StartAsync(o => o with
        {
            Keys = [new ApiKeyOptions { Name = "client", Sha256 = ServerConfiguration.HashOf(Key) }],
            Models = ((string[])["gpt-x", "broken", "held", "tools"]).ToDictionary(m => m, m => new ServedModelOptions { Spec = $"openai:{m}@{upstream.Endpoint}?retries=0" }),
        }, upstream: upstream);
    }

    private static async Task RunAsync(string script)
    {
        string folder = await NodePackages.InstalledAsync();
        await using RunningServer server = await StartAsync();
        var start = new ProcessStartInfo("node", script) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["AGENTS_URL"] = new Uri(server.Address, "/v1").ToString();
        start.Environment["AGENTS_KEY"] = Key;
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(), error = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"{script} exited with {node.ExitCode}: {await error}");
        Assert.Contains("answer", JsonElement.Parse(await output).GetProperty("text").GetString(), StringComparison.Ordinal);
    }
}
