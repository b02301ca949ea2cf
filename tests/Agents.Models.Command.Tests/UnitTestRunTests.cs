using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;
using Agents.Testing;

namespace Agents.Models.Command.Tests;

/// <summary>From the strategy through the verifier to a real process and back, and from the journal without one.</summary>
public sealed class UnitTestRunTests
{
    [Fact]
    public async Task BestOfN_ChoosesTheCodeWhoseTestsPass_AndAReplayRunsNothing()
    {
        if (OperatingSystem.IsWindows())
            return;
        string counted = Path.GetTempFileName();
        try
        {
            // The "tests": the code must print 42. Each run leaves a mark.
            using var command = new CommandSampler(new() { Command = ["sh", "-c", "echo run >> \"$2\"; [ \"$(sh \"$1\")\" = 42 ]", "tests", "{file}", counted], FileName = "solution.sh" });
            var solver = new ScriptedSampler(call => CallOutcome.FromText($"Here it is:\n```sh\n{(call.Index == 2 ? "echo $((6 * 7))" : $"echo {call.Index}")}\n```\n"));
            ReasoningModels models = new ReasoningModels(solver).With(UnitTestVerifier.Role, command);
            var strategy = new BestOfNStrategy(new() { Samples = 4, Verifier = new UnitTestVerifier() });
            ReasoningRequest request = ReasoningRequest.FromQuestion("Print six times seven.") with { Extractor = CodeExtractor.Instance };
            var journals = new MemoryJournalStore();

            ReasoningResult first = await new ReasoningRunner(models, journals).RunAsync(strategy, request, new RunOptions { RunId = "code" });
            Assert.Equal("echo $((6 * 7))", first.Answer?.Text);
            Assert.Equal([0, 0, 1, 0], first.Candidates.Select(c => c.Verdicts.Single().Score ?? -1));
            Assert.Equal(4, File.ReadAllLines(counted).Length);

            ReasoningResult again = await new ReasoningRunner(models, journals).RunAsync(strategy, request, new RunOptions { RunId = "code" });
            Assert.Equal(first.Answer?.Text, again.Answer?.Text);
            Assert.Equal(4, File.ReadAllLines(counted).Length);
        }
        finally
        {
            File.Delete(counted);
        }
    }
}
