using System.Collections.Concurrent;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Runs;

/// <summary>Runs that are killed in the middle, by the in-process host with its journal: they go on to the same answer, and ask nothing again that was journaled.</summary>
public sealed class KillAndResumeTests
{
    private static readonly ReasoningRequest request = ReasoningRequest.FromQuestion("Add one, five times.");

    public static TheoryData<string> Searches => ["beam-search", "dvts", "best-first", "mcts", "rstar", "ab-mcts", "particles"];

    public static TheoryData<string> ByConfidence => ["deepconf", "cot-decoding", "budget-forcing"];

    [Theory, MemberData(nameof(Searches))]
    public Task Search_KilledInTheMiddle_RepeatsNoJournaledCallAndAnswersTheSame(string name) =>
        HoldsAsync(StrategyCatalogue.Create(name, new StrategySettings { Samples = 8, Verifier = new ProcessVerifier() }), new StepModel(steps: 5, right: 0.6).Answer, StepModel.Able);

    [Theory, MemberData(nameof(ByConfidence))]
    public Task Strategy_KilledInTheMiddle_RepeatsNoJournaledCallAndAnswersTheSame(string name) =>
        HoldsAsync(StrategyCatalogue.Create(name, new StrategySettings { Samples = 20, WarmUp = 8, Window = 3, Ignored = 3 }), new NoisyModel(right: 0.5).Answer, new() { LogProbabilities = true, ContinueAssistant = true, ConfidenceFloor = true });

    private static async Task HoldsAsync(IReasoningStrategy strategy, Func<ModelCall, CallOutcome> model, SamplerCapabilities can)
    {
        var options = new RunOptions { RunId = "kill", Seed = 3 };
        var whole = new CallModel(model) { Capabilities = can };
        ReasoningResult expected = await new ReasoningRunner(whole.Models).RunAsync(strategy, request, options);
        Assert.InRange(whole.Calls, 3, int.MaxValue);
        foreach (int kill in new[] { 1, whole.Calls / 3, whole.Calls / 2, whole.Calls - 1 })
        {
            var journals = new MemoryJournalStore();
            await KillAsync(strategy, model, can, options, journals, kill);
            HashSet<string> journaled = [.. journals.Entries("kill").Where(e => e.Key[0] != '$').Select(e => SampleRequest.KeyOf("kill", e.Key))];
            Assert.NotEmpty(journaled);

            var asked = new ConcurrentBag<string>();
            ReasoningResult resumed = await new ReasoningRunner(new CallModel(model) { Capabilities = can, Before = (call, _) => Noted(asked, call) }.Models, journals).RunAsync(strategy, request, options);
            Assert.Equal(expected.Answer?.Canonical, resumed.Answer?.Canonical);
            Assert.Equal(expected.Candidates.Select(c => c.Sample.Text), resumed.Candidates.Select(c => c.Sample.Text));
            Assert.Equal(expected.Usage.ModelCalls, resumed.Usage.ModelCalls);
            Assert.DoesNotContain(asked, key => journaled.Contains(key));
            Assert.True(asked.Count < whole.Calls, $"{asked.Count} of {whole.Calls} calls were asked again after {kill} answers.");
        }
    }

    /// <summary>Runs until so many calls were answered, then cancels while the next ones are open.</summary>
    private static async Task KillAsync(IReasoningStrategy strategy, Func<ModelCall, CallOutcome> model, SamplerCapabilities can, RunOptions options, MemoryJournalStore journals, int answers)
    {
        using var kill = new CancellationTokenSource();
        var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int started = 0;
        var dying = new CallModel(model)
        {
            Capabilities = can,
            Before = async (_, token) =>
            {
                if (Interlocked.Increment(ref started) <= answers)
                    return;
                // What is journaled by now depends on the moment, as with any kill; that something is, is waited for.
                await delivered.Task;
                await kill.CancelAsync();
                token.ThrowIfCancellationRequested();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ReasoningRunner(dying.Models, journals).RunAsync(strategy, request, options, happened =>
        {
            if (happened is CallFinished)
                delivered.TrySetResult();
        }, kill.Token));
    }

    private static Task Noted(ConcurrentBag<string> asked, ModelCall call)
    {
        asked.Add(call.Key);
        return Task.CompletedTask;
    }
}
