using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
using TextContent = Microsoft.Extensions.AI.TextContent;

namespace Agents.Reasoning.SemanticKernel.Tests.Chat;

public sealed class ReasoningChatTests
{
    private static readonly ReasoningChatOptions five = new() { Settings = new StrategySettings { Samples = 5 } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneRegistration_TurnsReasoningOn_ForAnAppThatAsksForEitherKind(bool isChatClient)
    {
        ScriptedChatClient model = Scripted.Solver();
        IKernelBuilder builder = Kernel.CreateBuilder();
        if (isChatClient)
            builder.Services.AddSingleton<IChatClient>(model);
        else
            builder.Services.AddSingleton(model.AsChatCompletionService());
        builder.AddReasoningChatClient("self-consistency", options: five);
        Kernel kernel = builder.Build();

        ChatMessageContent reply = await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync(Scripted.Question);
        Assert.Equal("42", reply.Content);
        Assert.Equal("self-consistency", reply.ModelId);
        Assert.Equal(5, Assert.IsType<ReasoningResult>(reply.InnerContent).Candidates.Count);
        Assert.Equal(5, model.Requests.Count);
        Assert.Equal("42", (await kernel.GetRequiredService<IChatClient>().GetResponseAsync(Scripted.Question)).Text);
        Assert.Equal("42", await kernel.InvokePromptAsync<string>(Scripted.Question));
        Assert.Equal(15, model.Requests.Count);
    }

    [Fact]
    public async Task Streaming_ShowsTheAnswerAndCarriesTheResult()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(Scripted.Solver());
        builder.AddReasoningChatClient("self-consistency", options: five);
        List<StreamingChatMessageContent> updates = [];
        await foreach (StreamingChatMessageContent update in builder.Build().GetRequiredService<IChatCompletionService>().GetStreamingChatMessageContentsAsync(Scripted.Question))
            updates.Add(update);
        Assert.Equal("42", string.Concat(updates.Select(u => u.Content)));
        Assert.True(updates.Count > 5);
        Assert.Equal("42", Assert.IsType<ReasoningResult>(updates[^1].InnerContent).Answer!.Text);
        Assert.Contains("Usage", updates[^1].Metadata!.Keys);
    }

    [Fact]
    public async Task Keys_TheInnerServiceStaysAsItIs_AndAJudgeJudges()
    {
        ScriptedChatClient small = Scripted.Solver(), judge = Scripted.Judge();
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("small", small);
        services.AddKeyedSingleton<IChatClient>("judge", judge);
        services.AddReasoningChatClient("best-of-n", "small", "careful", new()
        {
            Settings = new() { Samples = 2, Verifier = new Verifiers.LlmJudgeVerifier() },
            Services = new() { JudgeKey = "judge" },
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        ChatResponse reply = await provider.GetRequiredKeyedService<IChatClient>("careful").GetResponseAsync(Scripted.Question);
        Assert.Equal("42", reply.Text);
        Assert.Equal(2, small.Requests.Count);
        Assert.NotEmpty(judge.Requests);
        Assert.Same(small, provider.GetRequiredKeyedService<IChatClient>("small"));
        Assert.Equal("42", (await provider.GetRequiredKeyedService<IChatCompletionService>("careful").GetChatMessageContentAsync(Scripted.Question)).Content);
    }

    [Fact]
    public async Task SameKey_TheReasoningServiceTakesThePlace_AndTheFactoryStillSeesItsKey()
    {
        ScriptedChatClient model = Scripted.Solver();
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IChatClient>("gpt", (_, key) => Equals(key, "gpt") ? model : throw new InvalidOperationException($"Made for {key}."));
        services.AddReasoningChatClient("self-consistency", "gpt", "gpt", five);
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("42", (await provider.GetRequiredKeyedService<IChatClient>("gpt").GetResponseAsync(Scripted.Question)).Text);
        Assert.Equal(5, model.Requests.Count);
    }

    [Fact]
    public async Task Beside_TheServiceWithoutAKey_EachReasonsOverTheModelAndNotOverTheOther()
    {
        ScriptedChatClient model = Scripted.Solver();
        var services = new ServiceCollection();
        services.AddSingleton<IChatClient>(model);
        services.AddReasoningChatClient("self-consistency", serviceId: "careful", options: five);
        await using (ServiceProvider beside = services.BuildServiceProvider())
        {
            Assert.Same(model, beside.GetRequiredService<IChatClient>());
            Assert.Same(model, Assert.Single(beside.GetServices<IChatClient>()));
        }

        services.AddReasoningChatClient("direct");
        await using ServiceProvider both = services.BuildServiceProvider();
        Assert.Equal("42", (await both.GetRequiredService<IChatClient>().GetResponseAsync(Scripted.Question)).Text);
        Assert.Single(model.Requests);
        Assert.Equal("42", (await both.GetRequiredKeyedService<IChatClient>("careful").GetResponseAsync(Scripted.Question)).Text);
        Assert.Equal(6, model.Requests.Count);
    }

    [Fact]
    public void InnerService_MissingOrAmbiguous_IsRefusedAtTheRegistration()
    {
        var services = new ServiceCollection();
        Assert.Contains("register one first", Assert.Throws<ArgumentException>(() => services.AddReasoningChatClient()).Message, StringComparison.Ordinal);
        services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        services.AddKeyedSingleton<IChatClient>("large", Scripted.Solver());
        Assert.Contains("Registered keys: large, small.", Assert.Throws<ArgumentException>(() => services.AddReasoningChatClient()).Message, StringComparison.Ordinal);
        Assert.Contains("'middle'", Assert.Throws<ArgumentException>(() => services.AddReasoningChatClient("direct", "middle")).Message, StringComparison.Ordinal);
        services.AddSingleton<IChatClient>(Scripted.Solver()).AddSingleton<IChatClient>(Scripted.Solver());
        Assert.Contains("Several chat services are registered without a key", Assert.Throws<ArgumentException>(() => services.AddReasoningChatClient()).Message, StringComparison.Ordinal);
        Assert.Contains("self-consistency", Assert.Throws<ArgumentException>(() => services.AddReasoningChatClient("self-consistancy", "small")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseReasoning_IsAStepOfAPipeline()
    {
        ScriptedChatClient model = Scripted.Solver();
        using IChatClient client = model.AsBuilder().UseReasoning("self-consistency", five).Build();
        ChatResponse reply = await client.GetResponseAsync(Scripted.Question);
        Assert.Equal("42", reply.Text);
        Assert.IsType<ReasoningResult>(reply.AdditionalProperties![ReasoningChatClient.ResultProperty]);
        Assert.NotNull(client.GetService<IReasoningStrategy>());
        Assert.NotNull(client.GetService<ChatClientMetadata>());
        Assert.Null(client.GetService<ISampler>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tools_TheModelGoesOnCallingThem_AndTheAnswerIsReasoned(bool isInnermost)
    {
        int calls = 0;
        AIFunction weigh = AIFunctionFactory.Create(() => { calls++; return "42 kg"; }, "weigh");
        var agent = new ScriptedAgent((messages, options) =>
            messages.Any(m => m.Role == ChatRole.Tool) ? new TextContent("It is 42. <answer>42</answer>")
            : options?.Tools is { Count: > 0 } ? new FunctionCallContent("c1", "weigh", new Dictionary<string, object?>())
            : new TextContent("I cannot know."));
        using IChatClient client = isInnermost
            ? agent.AsBuilder().UseFunctionInvocation().UseReasoning("self-consistency", five).Build()
            : agent.AsBuilder().UseReasoning("self-consistency", five).UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [weigh] };
        ChatResponse reply = await client.GetResponseAsync("How heavy is it?", options);
        Assert.Equal("42", reply.Text);
        Assert.Equal(1, calls);
        // One turn that calls, one that would answer, and five samples that see what the tool said and have no tools.
        Assert.Equal(7, agent.Requests.Count);
        Assert.Equal(5, agent.Requests.Count(r => r.Options?.Tools is null && r.Messages.Any(m => m.Role == ChatRole.Tool)));
        Assert.Contains(reply.Messages.SelectMany(m => m.Contents), c => c is FunctionCallContent);

        string streamed = "";
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("How heavy is it?", options))
            streamed += update.Text;
        Assert.Equal("42", streamed);
        Assert.Equal(2, calls);
    }
}
