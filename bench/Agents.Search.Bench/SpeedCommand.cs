using System.Diagnostics;
using System.Runtime.CompilerServices;
using Agents.Search.AbMcts;
using Agents.Search.Beam;
using Agents.Search.BestFirst;
using Agents.Search.Dvts;
using Agents.Search.Mcts;
using Agents.Search.Outcomes;
using Agents.Search.Particles;
using Agents.Search.Work;

namespace Agents.Search.Bench;

/// <summary>
/// Grows trees one item at a time, with an ask before every tell, which is the dearest way; prints nodes a second at a tenth of the size and at the full one,
/// memory a node, and what a checkpoint costs. Equal figures at both sizes mean that an ask and a tell cost the same in a small tree and in a large one.
/// </summary>
internal static class SpeedCommand
{
    private const int Levels = 20;

    public static int Run(int nodes)
    {
        Console.WriteLine($"{"algorithm",-16} {"nodes",8} {"nodes/s, tenth",15} {"nodes/s",10} {"µs a tell",10} {"bytes a node",13} {"saved, MB",10} {"save, ms",9} {"resume, ms",11} {"depth",6}");
        // The first row should not pay for compiling what all rows share.
        for (int i = 0; i < 10; i++) Grow(new BeamSearch(new() { Beams = 500, Width = 4, MaxSteps = Levels }));

        // A method a row, so that nothing of one row is alive in the next.
        return Algorithms().All(algorithm => Row(algorithm.Name, algorithm.Make, nodes)) ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Row(string name, Func<int, TreeSearch> make, int nodes)
    {
        // Once small for the compiler, then for the record.
        Grow(make(nodes / 10));
        (_, double small, _, int smallNodes) = Grow(make(nodes / 10));
        TreeSearch search = make(nodes);
        long before = GC.GetTotalMemory(true);
        (SearchState state, double seconds, int tells, int grown) = Grow(search);
        long bytes = GC.GetTotalMemory(true) - before;

        long start = Stopwatch.GetTimestamp();
        string json = state.ToJson();
        double save = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        SearchState back = SearchState.FromJson(json);
        bool same = search.Ask(back, 1).Count == 0 && search.Result(back).Nodes == search.Result(state).Nodes;
        double resume = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine($"{name,-16} {grown,8} {smallNodes / small,15:N0} {grown / seconds,10:N0} {seconds * 1e6 / tells,10:F2} {(double)bytes / grown,13:N0} {json.Length / 1e6,10:F1} {save,9:N0} {resume,11:N0} {search.Tree(back).Max(node => node.Depth),6}{(same ? "" : "  RESUMED DIFFERENTLY")}");
        return same;
    }

    private static IEnumerable<(string Name, Func<int, TreeSearch> Make)> Algorithms() =>
    [
        ("beam", nodes => new BeamSearch(new() { Beams = nodes / Levels, Width = 4, MaxSteps = Levels })),
        ("dvts", nodes => new DvtsSearch(new() { Beams = nodes / Levels / 4 * 4, Width = 4, MaxSteps = Levels })),
        ("best-first", nodes => new BestFirstSearch(new() { MaxExpansions = nodes / 4, MaxSteps = Levels, Solutions = null })),
        ("uct", nodes => new MctsSearch(new() { Iterations = nodes, MaxSteps = Levels })),
        ("puct, batch 8", nodes => new MctsSearch(new() { Iterations = nodes, MaxSteps = Levels, Policy = TreePolicy.Puct, Exploration = 20, Batch = 8 })),
        ("ab-mcts", nodes => new AbMctsSearch(new() { Iterations = nodes })),
        ("ab-mcts, beta", nodes => new AbMctsSearch(new() { Iterations = nodes, Prior = ScorePrior.Beta })),
        ("particles", nodes => new ParticleSearch(new() { Particles = nodes / Levels, MaxSteps = Levels })),
    ];

    private static (SearchState State, double Seconds, int Tells, int Nodes) Grow(TreeSearch search)
    {
        SearchState state = search.Start(1);
        long start = Stopwatch.GetTimestamp();
        int tells = 0;
        while (search.Ask(state, 1) is [var item])
        {
            state = search.Tell(state, item.Id, Answer(item, tells++, search is BestFirstSearch));
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (state, seconds, tells, search.Result(state).Nodes);
    }

    private static Outcome Answer(WorkItem item, int serial, bool lists)
    {
        // A cheap scatter of scores; refinements are a little better than what they refine, so that AB-MCTS has depth to go to.
        if (item is ScoreItem) return new Score(Math.Min(1, (((uint)serial * 2654435761u) >> 8) / (double)(1 << 24) * (0.5 + (0.05 * item.Node.Depth))));
        return lists
            ? new Expansion(new Step($"Step {serial}, first"), new Step($"Step {serial}, second"), new Step($"Step {serial}, third"), new Step($"Step {serial}, fourth"))
            : new Expansion(new Step($"Step {serial}"));
    }
}
