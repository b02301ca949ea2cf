using System.Diagnostics;
using System.Text.Json;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Contract;

/// <summary>Every shipped strategy through the contract: orders, restarts, hosts, another process, hard cases.</summary>
public sealed class StrategyContractTests
{
    private const string Question = "What is six times seven?";
    private const int Samples = 12;

    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion(Question);

    public static TheoryData<string> Strategies => [.. StrategyCatalogue.Descriptions.Select(d => d.Name)];

    /// <summary>What the strategy refuses to run without.</summary>
    private static SamplerCapabilities Needed(string name) => StrategyContract.Needed(Create(name));

    private static IReasoningStrategy Create(string name) => StrategyCatalogue.Create(name, new StrategySettings { Samples = Samples });

    [Theory, MemberData(nameof(Strategies))]
    public void EveryOrderOfCompletions_GivesTheSameAnswerAndCalls(string name) =>
        StrategyContract.HoldsInEveryOrder(Create(name), request, new NoisyModel().Answer, orders: 50);

    [Theory, MemberData(nameof(Strategies))]
    public void ScatteredAnswers_GiveTheSameAnswerInEveryOrder(string name) =>
        StrategyContract.HoldsInEveryOrder(Create(name), request, new NoisyModel(right: 0.34, failEvery: 5).Answer, orders: 50);

    [Theory, MemberData(nameof(Strategies))]
    public void EveryPrefixOfTheJournal_RestartsToTheSameAnswer(string name)
    {
        for (int order = 0; order < 5; order++)
            StrategyContract.RestartsFromEveryPrefix(Create(name), request, new NoisyModel(right: 0.5).Answer, order * 100);
    }

    [Theory, MemberData(nameof(Strategies))]
    public Task AllHosts_Agree(string name) => StrategyContract.HostsAgreeAsync(Create(name), request, new NoisyModel().Answer);

    [Theory, MemberData(nameof(Strategies))]
    public async Task WithEveryCapabilityDeclared_TheContractHoldsToo(string name)
    {
        var can = new SamplerCapabilities { MaxSamplesPerRequest = 8, LogProbabilities = true, Seed = true, StopSequences = true, ContinueAssistant = true, ResponseSchema = true, Usage = true, ConfidenceFloor = true, ThinkingCap = true };
        StrategyContract.HoldsInEveryOrder(Create(name), request, new NoisyModel().Answer, can: can);
        StrategyContract.RestartsFromEveryPrefix(Create(name), request, new NoisyModel(right: 0.5).Answer, can: can);
        await StrategyContract.HostsAgreeAsync(Create(name), request, new NoisyModel().Answer, can);
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task AnotherProcess_ReplaysTheJournalToTheSameAnswer(string name)
    {
        ScheduledOutcome here = ScheduledRun.Run(Create(name), request, new NoisyModel().Answer, 11, can: Needed(name));
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, here.Journal.Select(e => JsonSerializer.Serialize(e, ReasoningJson.Readable.JournalEntry)));
            string program = Path.Combine(AppContext.BaseDirectory, "Agents.ReplayProcess.dll");
            using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, name, Question, file, Samples.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await errors);
            Assert.Equal([here.Result.Answer?.Text ?? "(none)", PromptHash.Of(string.Join('\n', here.RequestedKeys))], lines);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task BudgetOfOneCall_IsKeptAndNamed(string name)
    {
        var model = new CallModel(new NoisyModel(right: 1, failEvery: 0).Answer) { Capabilities = Needed(name) };
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(Create(name), request, new RunOptions { Limits = new() { Calls = 1 } });
        Assert.Equal(1, model.Calls);
        Assert.Equal(1, result.Usage.ModelCalls);
        if (result.Candidates.Count > 1)
            Assert.Equal(StopReason.BudgetCalls, result.StopReason);
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task EmptyTexts_AreNoAnswer(string name)
    {
        ReasoningResult result = await new ReasoningRunner(new CallModel(_ => CallOutcome.FromText("")) { Capabilities = Needed(name) }.Models).RunAsync(Create(name), request);
        Assert.Null(result.Answer);
        Assert.Equal(StopReason.NoAnswer, result.StopReason);
        Assert.NotNull(result.Failure);
        Assert.Null(result.Confidence);
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task AllCallsFailing_IsAnErrorWithTheUpstreamsReason(string name)
    {
        var model = new CallModel(_ => CallOutcome.Failed(CallFailureKind.Unauthorized, "Incorrect API key provided.", 401)) { Capabilities = Needed(name) };
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(Create(name), request);
        Assert.Null(result.Answer);
        Assert.Equal(StopReason.AllCallsFailed, result.StopReason);
        Assert.Contains("Incorrect API key provided.", result.Failure, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task OneFailureAmongMany_LosesOneSample(string name)
    {
        int failed = 0;
        var model = new CallModel(call =>
        {
            if (call.Role != "solver" || call.Index != 1)
                return new NoisyModel(right: 1, failEvery: 0).Answer(call);
            Interlocked.Increment(ref failed);
            return CallOutcome.Failed(CallFailureKind.Unavailable, "down");
        }) { Capabilities = Needed(name) };
        ReasoningResult result = await new ReasoningRunner(model.Models).RunAsync(Create(name), request);
        Assert.Equal(NoisyModel.Right, result.Answer?.Text);
        if (result.Candidates.Count > 1)
            Assert.Equal(result.Candidates.Count - failed, result.Votes.Sum(v => v.Votes));
    }

    [Theory, MemberData(nameof(Strategies))]
    public async Task Cancelling_LeavesNoCallInFlight(string name)
    {
        int inFlight = 0;
        var started = new TaskCompletionSource();
        var model = new CallModel(new NoisyModel().Answer)
        {
            Capabilities = Needed(name),
            Before = async (_, token) =>
            {
                Interlocked.Increment(ref inFlight);
                started.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    Interlocked.Decrement(ref inFlight);
                }
            },
        };
        using var cancel = new CancellationTokenSource();
        Task<ReasoningResult> run = new ReasoningRunner(model.Models).RunAsync(Create(name), request, cancellationToken: cancel.Token);
        await started.Task;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, inFlight);
    }

    [Theory, MemberData(nameof(Strategies))]
    public void TheFingerprint_ChangesWithTheOptions(string name)
    {
        if (ScheduledRun.Run(Create(name), request, new NoisyModel().Answer, 0, can: Needed(name)).Result.Candidates.Count > 1)
            Assert.NotEqual(Create(name).Fingerprint, StrategyCatalogue.Create(name, new StrategySettings { Samples = Samples + 1 }).Fingerprint);
    }

    public static TheoryData<string> Demanding => [.. StrategyCatalogue.Descriptions.Where(d => d.Needs != SolverNeeds.None).Select(d => d.Name)];

    [Theory, MemberData(nameof(Demanding))]
    public void ModelThatLacksWhatIsNeeded_IsRefusedByNameBeforeTheFirstCall(string name)
    {
        string said = Assert.ThrowsAny<ArgumentException>(() => ScheduledRun.Run(Create(name), request, _ => throw new InvalidOperationException("A call was made."), 0)).Message;
        Assert.StartsWith(name, said, StringComparison.Ordinal);
        Assert.Contains("self-consistency", said, StringComparison.Ordinal);
    }
}
