using System.Text.Json;
using Agents.Hosting;
using Agents.Models.Embedded;
using Agents.Samples.AgentApp;
using Agents.Samples.ConsoleApp;
using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Samples;

public sealed class SampleTests
{
    private const string Apples = "Tom has 3 bags with 12 apples each and eats 5 apples. How many apples are left?";

    [Fact]
    public async Task ConsoleApp_OneRegistration_ReasonsOnTheEmbeddedModel()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(EmbeddedModel.LoadShipped().CreateChatClient());
        builder.AddReasoningChatClient("self-consistency", options: new() { Settings = new() { Samples = 4 } });
        var output = new StringWriter();
        await new ChatApp(builder.Build()).RunAsync(new StringReader(Apples + "\n"), output);
        Assert.Contains($"> {Apples}", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"\[self-consistency\] \S+", output.ToString());
    }

    [Fact]
    public async Task Agent_OverHttp_CallsSolveForAProblem_AndAnswersSmallTalkItself()
    {
        await using StubModelServer server = await StubModelServer.StartAsync();
        // The agent's model: small talk in words, a problem by a call, and what the call gave in words again. The solver's: a solution.
        server.Script = request => !request.Has("tools") ? new StubBehavior { Text = (_, _) => "3 * 12 = 36, 36 - 5 = 31. <answer>31</answer>" }
            : new StubBehavior { Body = LastRole(request) == "tool" ? Say($"31 apples are left, says {LastText(request)}.") : LastText(request).Contains("apples", StringComparison.Ordinal) ? Call(Apples) : Say("Good morning!") };
        using var models = new ModelProvider(name => name == "OPENAI_API_KEY" ? "a-key-that-is-no-key" : null);
        string spec = $"openai:stub@{server.Endpoint}";
        var calls = new List<string>();
        var agent = new ReasoningAgent(models.CreateChatClient(spec), new ReasoningRunner(new ReasoningModels(models.Create(spec))), calls.Add);

        Assert.Equal("Good morning!", await agent.AskAsync("Good morning!"));
        Assert.Empty(calls);
        string said = await agent.AskAsync(Apples);
        Assert.StartsWith("31 apples are left", said, StringComparison.Ordinal);
        Assert.Contains("\"answer\":\"31\"", said, StringComparison.Ordinal);
        Assert.Contains("Reasoning.Solve says 31", calls[^1], StringComparison.Ordinal);
        Assert.Equal("Good morning!", await agent.AskAsync("Hello again"));
    }

    private static JsonElement LastMessage(StubRequest request) => request.Body.GetProperty("messages").EnumerateArray().Last();

    private static string LastRole(StubRequest request) => LastMessage(request).GetProperty("role").GetString()!;

    private static string LastText(StubRequest request) => LastMessage(request).GetProperty("content").ToString();

    private static string Say(string text) => Reply(new { role = "assistant", content = text }, "stop");

    private static string Call(string question) => Reply(
        new
        {
            role = "assistant",
            content = (string?)null,
            tool_calls = new[] { new { id = "call_1", type = "function", function = new { name = "Reasoning_Solve", arguments = JsonSerializer.Serialize(new { question, strategy = "self-consistency", samples = 3 }) } } },
        },
        "tool_calls");

    private static string Reply(object message, string reason) =>
        JsonSerializer.Serialize(new { id = "s", @object = "chat.completion", model = "stub", choices = new[] { new { index = 0, finish_reason = reason, message } } });
}
