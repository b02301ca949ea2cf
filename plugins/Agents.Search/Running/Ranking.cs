namespace Agents.Search.Running;

/// <summary>Best first. Nodes without a score come last, because an abstention is no evidence; ties keep their order, so that first seen wins.</summary>
internal static class Ranking
{
    public static IEnumerable<SearchNode> Ranked(this IEnumerable<SearchNode> nodes) =>
        nodes.OrderByDescending(node => node.PathScore ?? double.NegativeInfinity);
}
