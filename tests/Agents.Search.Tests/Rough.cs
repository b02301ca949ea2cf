using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests;

/// <summary>
/// A world in which much goes wrong: equal steps, empty steps, early ends, failures and abstentions. An outcome is a function of the world and the item alone, as a model call
/// with its own key is; so any difference between two runs is the search's.
/// </summary>
internal static class Rough
{
    public static Outcome Answer(WorkItem item, int world = 0, bool lists = false)
    {
        var random = new Random(Hash($"{world}|{item.Id}"));
        int fate = random.Next(100);
        if (fate < 8) return new Failure("no answer");
        if (item is ScoreItem) return fate < 16 ? new Abstention("cannot tell") : new Score(random.Next(21) / 20.0);
        if (fate < 12) return new Expansion();
        int count = lists && item is ExpandItem ? random.Next(1, 4) : 1;
        return new Expansion([.. Enumerable.Range(0, count).Select(_ => NextStep(random, fate))]);
    }

    private static Step NextStep(Random random, int fate) => fate < 15
        ? new Step("")
        : new Step("step " + random.Next(6), isTerminal: random.Next(5) == 0, score: random.Next(4) == 0 ? random.Next(21) / 20.0 : null);

    /// <summary>FNV-1a: string.GetHashCode differs from process to process.</summary>
    public static int Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text) hash = (hash ^ c) * 16777619;
        return (int)(hash & int.MaxValue);
    }
}
