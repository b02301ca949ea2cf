using Agents.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Reasoning.SemanticKernel.Tests.Services;

public sealed class ReasoningServicesTests
{
    private static readonly KernelArguments judged = new() { ["question"] = Scripted.Question, ["strategy"] = "best-of-n", ["samples"] = 3, ["verifier"] = "llm-judge" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyedJudge_JudgesAndNeverSolves_InWhateverOrderTheyAreRegistered(bool judgeLast)
    {
        ScriptedChatClient solver = Scripted.Solver(), judge = Scripted.Judge();
        IKernelBuilder builder = Kernel.CreateBuilder();
        if (!judgeLast)
            builder.Services.AddKeyedSingleton<IChatClient>("judge", judge);
        builder.Services.AddKeyedSingleton<IChatClient>("solver", solver);
        if (judgeLast)
            builder.Services.AddKeyedSingleton<IChatClient>("judge", judge);
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "solver", JudgeKey = "judge" });
        ReasoningResult? result = await builder.Build().InvokeAsync<ReasoningResult>("Reasoning", "Solve", judged);
        Assert.Equal("42", result!.Answer!.Text);
        Assert.Equal(3, solver.Requests.Count);
        Assert.NotEmpty(judge.Requests);
        Assert.All(result.Candidates, c => Assert.True(c.Verdicts.Single().Score > 0.5));
    }

    [Fact]
    public async Task ServiceWithoutAKey_Solves_ThoughAKeyedJudgeIsRegisteredAfterIt()
    {
        ScriptedChatClient solver = Scripted.Solver(), judge = Scripted.Judge();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(solver);
        builder.Services.AddKeyedSingleton<IChatClient>("judge", judge);
        Kernel kernel = builder.Build();
        kernel.ImportReasoningPlugin();
        Assert.Equal("42", await kernel.InvokeAsync<string>("Reasoning", "Solve", new() { ["question"] = "q" }));
        Assert.Empty(judge.Requests);
    }

    [Fact]
    public async Task ChatCompletionServices_PlayRolesToo_AndOfTwoUnderOneKeyTheChatClientDoes()
    {
        ScriptedChatClient solver = Scripted.Solver(), judge = Scripted.Judge(), other = Scripted.Judge();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton("solver", (_, _) => solver.AsChatCompletionService());
        builder.Services.AddKeyedSingleton("judge", (_, _) => other.AsChatCompletionService());
        builder.Services.AddKeyedSingleton<IChatClient>("judge", judge);
        builder.Plugins.AddReasoning(new ReasoningServices { SolverKey = "solver", RoleKeys = new Dictionary<string, string> { ["judge"] = "judge" } });
        Assert.Equal("42", await builder.Build().InvokeAsync<string>("Reasoning", "Solve", judged));
        Assert.Equal(3, solver.Requests.Count);
        Assert.NotEmpty(judge.Requests);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public void SeveralKeysAndNoneNamed_IsAnErrorThatNamesThem()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        builder.Services.AddKeyedSingleton("large", (_, _) => Scripted.Solver().AsChatCompletionService());
        Kernel kernel = builder.Build();
        foreach (Action import in (Action[])[() => kernel.ImportReasoningPlugin(), () => kernel.ImportPluginFromType<ReasoningPlugin>("Reasoning")])
            Assert.Contains("Registered keys: large, small.", Assert.ThrowsAny<Exception>(import).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralKeysAndNoneNamed_InAContainer_IsTheSameError()
    {
        var services = new ServiceCollection();
        services.AddKernel().Plugins.AddReasoning();
        services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        services.AddKeyedSingleton<IChatClient>("large", Scripted.Solver());
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Contains("Registered keys: large, small.", Assert.Throws<ArgumentException>(() => provider.GetRequiredService<Kernel>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralWithoutAKey_AreAnError_NeverTheLast()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(Scripted.Solver()).AddSingleton<IChatClient>(Scripted.Solver());
        builder.Services.AddKeyedSingleton<IChatClient>("judge", Scripted.Judge());
        Assert.Contains("2 chat services are registered without a key", Assert.Throws<ArgumentException>(() => builder.Build().ImportReasoningPlugin()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SolverKey", "nobody")]
    [InlineData("JudgeKey", "nobody")]
    [InlineData("RoleKeys[expert]", "nobody")]
    [InlineData("RoleKeys", "'Expert' is no role's name")]
    public void UnknownKeyOrRole_IsRefusedByName(string setting, string said)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatClient>("small", Scripted.Solver());
        ReasoningServices services = setting switch
        {
            "SolverKey" => new() { SolverKey = "nobody" },
            "JudgeKey" => new() { JudgeKey = "nobody" },
            "RoleKeys" => new() { RoleKeys = new Dictionary<string, string> { ["Expert"] = "small" } },
            _ => new() { RoleKeys = new Dictionary<string, string> { ["expert"] = "nobody" } },
        };
        string message = Assert.Throws<ArgumentException>(() => builder.Build().ImportReasoningPlugin(services)).Message;
        Assert.Contains(setting, message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        if (said == "nobody")
            Assert.Contains("Registered keys: small.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoServiceAtAll_SaysWhatToDo() =>
        Assert.Contains("Register an IChatClient", Assert.Throws<ArgumentException>(() => new Kernel().ImportReasoningPlugin()).Message, StringComparison.Ordinal);

    [Fact]
    public void ServiceThatReasons_IsNeverTakenForAModel()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(Scripted.Solver());
        builder.AddReasoningChatClient("self-consistency");
        Assert.Contains("no chat service is registered that could be meant", Assert.Throws<ArgumentException>(() => builder.Build().ImportReasoningPlugin()).Message, StringComparison.Ordinal);
    }
}
