namespace Agents.Search.Mcts;

/// <summary>Sets of actions from the literature.</summary>
public static class ActionSets
{
    /// <summary>One action, the next step, with up to <paramref name="children"/> samples a node.</summary>
    public static IReadOnlyList<SearchAction> NextStep(int children) => [new(SearchActions.Step) { MaxChildren = children }];

    /// <summary>
    /// The five human-like actions of rStar (Qi et al. 2024, arXiv:2408.06195): the next step, the rest of the solution, the next sub-question with its answer, another answer
    /// to the last sub-question, and, at the start, the question said anew.
    /// </summary>
    public static IReadOnlyList<SearchAction> RStar { get; } =
    [
        new("next-step"),
        new("rest-of-solution") { ToEnd = true },
        new("sub-question") { After = ["", "sub-question", "re-answer", "rephrase"] },
        new("re-answer") { After = ["sub-question"] },
        new("rephrase") { After = [""] },
    ];
}
