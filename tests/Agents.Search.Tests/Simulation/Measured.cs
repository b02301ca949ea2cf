using Agents.Search.Outcomes;

namespace Agents.Search.Tests.Simulation;

/// <summary>Shares over many simulated runs.</summary>
internal sealed record Measured(double Argmax, double Vote, double Roots)
{
    public static Measured Over(int runs, TreeSearch search, Func<int, StepWorld> world, bool asProbabilities)
    {
        int argmax = 0, vote = 0, roots = 0;
        for (int run = 0; run < runs; run++)
        {
            StepWorld here = world(run);
            SearchResult result = search.Result(Drive.ToEnd(search, item => asProbabilities ? AsProbability(here.Answer(item)) : here.Answer(item)));
            if (here.IsRight(result.Best!)) argmax++;
            if (StepWorld.VoteIsRight(result)) vote++;
            roots += result.Completed.Select(path => path.Leaf.FromRoot()[0].Path).Distinct().Count();
        }

        return new Measured((double)argmax / runs, (double)vote / runs, (double)roots / runs);
    }

    /// <summary>The logistic of the score, for a product.</summary>
    private static Expansion AsProbability(Outcome outcome)
    {
        Step step = ((Expansion)outcome).Steps[0];
        return new Expansion(new Step(step.Text, step.IsTerminal, 1 / (1 + Math.Exp(-step.Score!.Value))));
    }
}
