using System.Text.Json;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Tests.Verifiers;
using Agents.Testing;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Strategies;

/// <summary>The recorded tree searches of Tree of Thoughts on the Game of 24 (GPT-4, b = 5), through our strategies with their writers, verifiers and journal.</summary>
public sealed class RecordedGameOf24StrategyTests(ITestOutputHelper output)
{
    private const string File = "search_game24_gpt4_tot_bfs.jsonl.gz";

    [Fact]
    public void BestFirst_LevelByLevel_TakesTheRecordedFrontiersAndSolvesTheSamePuzzles()
    {
        (int puzzles, int frontiers, int same, int solved, int first) = Replay(most => new BestFirstStrategy(new() { Breadth = 5, Width = most, MaxSteps = 4, DropsEqualSteps = false, Selection = BestOfNSelection.Highest, Verifier = new RecordedGameOf24.Values() }));
        if (puzzles > 0)
            Assert.Equal((100, 400, 400, 69, 62), (puzzles, frontiers, same, solved, first));
    }

    [Fact]
    public void Beam_OfFiveTimesTheProposals_KeepsTheSameFiveWhereNoneAreEqual()
    {
        // N/M = 5 are kept, and each is asked for M samples: Tree of Thoughts, but that steps equal to a sibling are dropped, which
        // in one frontier of the record stands as the fifth.
        (int puzzles, int frontiers, int same, int solved, int first) = Replay(most => new BeamSearchStrategy(new() { Samples = 5 * most, Width = most, MaxSteps = 4, Selection = BestOfNSelection.Highest, Verifier = new RecordedGameOf24.Values() }));
        if (puzzles > 0)
            Assert.Equal((100, 400, 399, 69, 62), (puzzles, frontiers, same, solved, first));
    }

    private (int Puzzles, int Frontiers, int Same, int Solved, int SolvedFirst) Replay(Func<int, IReasoningStrategy> strategy)
    {
        if (RecordedSamples.ReadRows(File) is not { } rows)
        {
            output.WriteLine($"shared/data/{File} is absent: nothing compared.");
            return default;
        }

        int frontiers = 0, same = 0, solved = 0, solvedFirst = 0;
        foreach (JsonElement row in rows)
        {
            var recorded = new RecordedGameOf24(row);
            ScheduledOutcome run = ScheduledRun.Run(strategy(recorded.Most), RecordedGameOf24.Request(row), recorded.Answer, frontiers, can: RecordedGameOf24.Able);
            // Nodes in the order in which they were first asked about, by level.
            ILookup<int, string> expanded = run.Dispatched.Select(key => (Branch: key[..key.IndexOf('|', StringComparison.Ordinal)], Node: recorded.NodeOf(key)!.Value))
                .DistinctBy(x => x.Branch).ToLookup(x => x.Node.Level, x => x.Node.Text);
            for (int level = 0; level < recorded.Frontiers.Count; level++)
            {
                frontiers++;
                if (expanded[level].SequenceEqual(recorded.Frontiers[level]))
                    same++;
                else
                    output.WriteLine($"{row.GetProperty("id").GetString()} level {level}: {expanded[level].Count()} nodes of {recorded.Frontiers[level].Length}");
            }

            HashSet<string> right = [.. recorded.Final.Where(f => f.IsRight).Select(f => f.Text)];
            string[] found = [.. run.Result.Candidates.Where(c => c.Sample.IsOk).Select(c => RecordedGameOf24.Untagged(c.Sample.Text))];
            solved += found.Take(5).Any(right.Contains) ? 1 : 0;
            solvedFirst += run.Result.Selected is { } best && right.Contains(RecordedGameOf24.Untagged(best.Sample.Text)) ? 1 : 0;
        }

        output.WriteLine($"{rows.Count} puzzles, {same} of {frontiers} frontiers the same, solved {solved}, first choice {solvedFirst}");
        return (rows.Count, frontiers, same, solved, solvedFirst);
    }
}
