using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Tests.Loop;

/// <summary>Work that is no longer awaited: its calls are abandoned however deep they were begun, in every order and after every restart.</summary>
public sealed class UntilTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("What is six times seven?");

    [Fact]
    public void Leaving_AbandonsTheCallsOfAVerifierThatKnowsNoToken()
    {
        ScheduledOutcome run = ScheduledRun.Run(new FirstVerdictStrategy(), request, Model, 1);
        Assert.Equal("42", run.Result.Answer?.Text);
        // Three verifiers of three votes each were asked; what was open when one had spoken is abandoned, and nothing came after.
        Assert.Equal(1 + 9 + 1, run.RequestedKeys.Count);
        Assert.NotEmpty(run.Abandoned);
        Assert.Equal(run.RequestedKeys.Count, run.Journal.Count + run.Abandoned.Count);
    }

    [Fact]
    public async Task Contract_HoldsWithAbandonedScopes()
    {
        for (int order = 0; order < 5; order++)
            StrategyContract.RestartsFromEveryPrefix(new FirstVerdictStrategy(), request, Model, order * 100);
        StrategyContract.HoldsInEveryOrder(new FirstVerdictStrategy(), request, Model);
        ReasoningResult inProcess = await new ReasoningRunner(new CallModel(Model).Models).RunAsync(new FirstVerdictStrategy(), request);
        Assert.Equal("42", inProcess.Answer?.Text);
    }

    [Fact]
    public void AfterLeaving_AFurtherCallIsRefused_AndTheScopeOutsideGoesOn()
    {
        ReasoningResult result = ScheduledRun.Run(new AfterLeavingStrategy(), request, Model, 0).Result;
        Assert.Equal(["inside was refused", "a branch inside was refused", "outside went on"], result.Notes);
    }

    private static CallOutcome Model(ModelCall call) => CallOutcome.FromText(call.Role == Roles.Judge ? "Verdict: yes" : "It is so. The answer is 42.");

    /// <summary>Asks three judges about one solution and takes the first verdict.</summary>
    private sealed class FirstVerdictStrategy : IReasoningStrategy
    {
        private readonly LlmJudgeVerifier judge = new(new() { Votes = 3 });

        public StrategyDescription Description => new("first-verdict", "Takes the first of three verdicts.", "11", "3", "test");

        public string Fingerprint => "first-verdict/1|" + judge.Fingerprint;

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            var evidence = new Evidence("first-verdict", context, request);
            Candidate candidate = evidence.Add(await context.JudgeAsync(Roles.Solver, request.Messages));
            using var left = new CancellationTokenSource();
            ReasoningContext until = context.Until(left.Token);
            Task<Verdict>[] verdicts = [.. Enumerable.Range(0, 3).Select(i => judge.VerifyAsync(until.Branch($"judge{i}"), request, candidate))];
            await Task.WhenAny(verdicts);
            left.Cancel();
            // Work goes on outside, and the host learns meanwhile what it may cancel.
            await context.JudgeAsync(Roles.Solver, [new ChatMessage(ChatRole.User, "Write it up.")]);
            return evidence.Conclude(candidate, StopReason.Verified, null);
        }
    }

    private sealed class AfterLeavingStrategy : IReasoningStrategy
    {
        public StrategyDescription Description => new("after-leaving", "Calls after it left.", "1", "1", "test");

        public string Fingerprint => "after-leaving/1";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            var notes = new List<string>();
            using var left = new CancellationTokenSource();
            ReasoningContext until = context.Until(left.Token);
            left.Cancel();
            await Try(until, "inside");
            await Try(until.Branch("deeper"), "a branch inside");
            await Try(context, "outside");
            return new ReasoningResult { Strategy = "after-leaving", StopReason = StopReason.Completed, Notes = notes };

            async Task Try(ReasoningContext scope, string name)
            {
                try
                {
                    await scope.JudgeAsync(Roles.Solver, [new ChatMessage(ChatRole.User, name)]);
                    notes.Add(name + " went on");
                }
                catch (OperationCanceledException)
                {
                    notes.Add(name + " was refused");
                }
            }
        }
    }
}
