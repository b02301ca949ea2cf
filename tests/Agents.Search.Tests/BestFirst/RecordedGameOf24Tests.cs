using System.IO.Compression;
using System.Text.Json;
using Agents.Search.BestFirst;
using Agents.Search.Outcomes;
using Agents.Search.Work;
using Xunit.Abstractions;

namespace Agents.Search.Tests.BestFirst;

/// <summary>
/// The recorded tree searches of Tree of Thoughts on the Game of 24 (GPT-4, b = 5), replayed with the recorded proposals and values. Ties are many (in 306 of 400 steps the fifth and
/// sixth value are equal), and the record breaks them by the order of the candidates, which is the order of the parents in the frontier and then of the proposals. An equal
/// candidate that was valued before has the value 0 in the record; it is told as such, and equal steps are kept.
/// </summary>
public sealed class RecordedGameOf24Tests(ITestOutputHelper output)
{
    private const string File = "search_game24_gpt4_tot_bfs.jsonl.gz";

    [Fact]
    public void Replay_RecordedProposalsAndValues_SameFrontiersSameSolutions()
    {
        if (SharedData.Find(File) is not { } path)
        {
            output.WriteLine($"shared/data/{File} is absent: nothing compared.");
            return;
        }

        var search = new BestFirstSearch(BestFirstOptions.TreeOfThoughts(breadth: 5, steps: 4) with { Distinct = false });
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress));
        int puzzles = 0, frontiers = 0, nodes = 0, solved = 0, solvedFirst = 0;
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument puzzle = JsonDocument.Parse(line);
            SearchState state = search.Start(0);
            foreach (JsonElement step in puzzle.RootElement.GetProperty("steps").EnumerateArray())
            {
                state = Replay(search, state, step);
                frontiers++;
            }

            SearchResult result = search.Result(state);
            JsonElement[] final = [.. puzzle.RootElement.GetProperty("final").EnumerateArray()];
            Assert.True(result.IsFinished);
            Assert.Equal(final.Select(end => end.GetProperty("text").GetString()), result.Completed.Take(5).Select(found => string.Concat(found.Steps)));
            var right = final.Where(end => end.GetProperty("correct").GetBoolean()).Select(end => end.GetProperty("text").GetString()).ToHashSet();
            if (result.Completed.Take(5).Any(found => right.Contains(string.Concat(found.Steps)))) solved++;
            if (right.Contains(string.Concat(result.Best!.Steps))) solvedFirst++;
            nodes += result.Nodes;
            puzzles++;
        }

        output.WriteLine($"{puzzles} puzzles, {frontiers} frontiers, {nodes} nodes, solved {solved} (first choice {solvedFirst})");
        Assert.Equal((100, 400, 69, 62), (puzzles, frontiers, solved, solvedFirst));
    }

    /// <summary>One level: the nodes that the search expands must be the recorded frontier, in its order.</summary>
    private static SearchState Replay(BestFirstSearch search, SearchState state, JsonElement step)
    {
        ExpandItem[] expands = [.. search.Ask(state).Cast<ExpandItem>()];
        string[] frontier = [.. step.GetProperty("frontier").EnumerateArray().Select(text => text.GetString()!)];
        Assert.Equal(frontier, expands.Select(item => string.Concat(item.Node.FromRoot().Select(node => node.Text))));

        (string Text, double Value)[] candidates = [.. step.GetProperty("candidates").EnumerateArray().Zip(step.GetProperty("values").EnumerateArray(), (text, value) => (text.GetString()!, value.GetDouble()))];
        // A candidate belongs to the first node of the frontier that it continues; two equal nodes stand side by side, so that this keeps the order.
        ILookup<int, (string Text, double Value)> byParent = candidates.ToLookup(candidate => Array.FindIndex(frontier, parent => candidate.Text.StartsWith(parent, StringComparison.Ordinal)));
        Assert.Equal(candidates, Enumerable.Range(0, frontier.Length).SelectMany(parent => byParent[parent]));
        for (int parent = 0; parent < frontier.Length; parent++)
            state = search.Tell(state, expands[parent].Id, new Expansion([.. byParent[parent].Select(candidate => new Step(candidate.Text[frontier[parent].Length..]))]));

        // Scores are asked for in the order of the candidates; told backwards, because order must not matter.
        IReadOnlyList<WorkItem> scores = search.Ask(state);
        Assert.Equal(candidates.Length, scores.Count);
        for (int i = scores.Count - 1; i >= 0; i--)
        {
            Assert.Equal(candidates[i].Text, string.Concat(scores[i].Node.FromRoot().Select(node => node.Text)));
            state = search.Tell(state, scores[i].Id, new Score(candidates[i].Value));
        }

        return state;
    }
}
