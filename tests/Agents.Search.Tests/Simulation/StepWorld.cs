using Agents.Search.Outcomes;
using Agents.Search.Work;

namespace Agents.Search.Tests.Simulation;

/// <summary>
/// The simulator of process verifiers. A solution has T steps. While every step so far is right, the next is right with probability q; after a wrong step nothing is right.
/// A node that is right so far scores d + e, one that is not scores −d + e. The noise e is standard normal: at a first step e = ε, and at a child e = ρ·e(parent) + √(1−ρ²)·ε,
/// with ε drawn anew for every node. So d = 0.25 is an AUC of Φ(0.5/√2) = 0.638 for one step, ρ is the noise that a child inherits, and without noise the verifier is perfect
/// (d &gt; 0) or the opposite (d &lt; 0). A wrong solution gives one of <c>wrongAnswers</c> answers, each as likely; a right one gives answer 0.
/// One <see cref="Random"/> a run, drawn from in the order of asking.
/// </summary>
internal sealed class StepWorld(int seed, int steps, double q, double d, double rho, bool noisy = true, int wrongAnswers = 12)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, (bool Right, double Noise)> _nodes = new() { [""] = (true, 0) };

    public Outcome Answer(WorkItem item)
    {
        (bool right, double noise) = _nodes[item.Node.Path];
        right = right && _random.NextDouble() < q;
        noise = item.Node.Depth == 0 ? Normal() : (rho * noise) + (Math.Sqrt(1 - (rho * rho)) * Normal());
        _nodes[item.Id.Path] = (right, noise);
        double score = (right ? d : -d) + (noisy ? noise : 0);
        int answer = right ? 0 : 1 + _random.Next(wrongAnswers);
        return new Expansion(new Step(answer.ToString(System.Globalization.CultureInfo.InvariantCulture), item.Node.Depth + 1 == steps, score));
    }

    public bool IsRight(SearchPath path) => _nodes[path.Leaf.Path].Right;

    /// <summary>Right when most of the completed solutions give the right answer; ties to the answer seen first.</summary>
    public static bool VoteIsRight(SearchResult result) =>
        result.Completed.GroupBy(path => path.Steps[^1]).MaxBy(votes => votes.Count())?.Key == "0";

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
