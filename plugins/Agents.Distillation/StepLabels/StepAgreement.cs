using Agents.Reasoning.Verifiers;

namespace Agents.Distillation;

/// <summary>
/// How far labels by rollouts agree with exact arithmetic, where that can judge: a step with a calculation is exactly right when its
/// calculations are. Compared up to the first step that either calls wrong: what follows an error is not comparable. And for wrong
/// traces with a wrong calculation, where the label puts the first error: arithmetic is right about its own errors, but a step may be
/// wrong before it by taking the wrong way, which only the rollouts can see. Thread-safe.
/// </summary>
internal sealed class StepAgreement
{
    private const string Prefix = "against exact arithmetic: ";

    private readonly Lock gate = new();
    private int compared, agreed, traces, same, earlier;

    /// <summary>Counts a labelled trace.</summary>
    /// <param name="labelled">Its labelled steps, from the first on.</param>
    /// <param name="all">The words of all its steps.</param>
    /// <param name="isRight">Whether its answer is right.</param>
    public void Add(IReadOnlyList<StepEvidence> labelled, IReadOnlyList<string> all, bool isRight)
    {
        int first = FirstWrong(labelled), exact = TraceSteps.FirstWrong(all), seen = 0, equal = 0;
        for (int i = 0; i < labelled.Count; i++)
        {
            if (ArithmeticVerifier.Calculations(labelled[i].Text).Count > 0)
            {
                seen++;
                equal += (i == exact) == !labelled[i].IsRight ? 1 : 0;
            }

            if (i == exact || i == first)
                break;
        }

        lock (gate)
        {
            compared += seen;
            agreed += equal;
            if (isRight || exact < 0)
                return;
            traces++;
            same += first == exact ? 1 : 0;
            earlier += first >= 0 && first < exact ? 1 : 0;
        }
    }

    public void AddTo(IDictionary<string, double> figures)
    {
        lock (gate)
        {
            (double low, double high) = WilsonInterval.Of(agreed, compared);
            figures[Prefix + "steps compared"] = compared;
            figures[Prefix + "steps agreed"] = agreed;
            figures[Prefix + "share agreed, low"] = low;
            figures[Prefix + "share agreed, high"] = high;
            figures[Prefix + "wrong traces with a wrong calculation"] = traces;
            figures[Prefix + "of these, first error at that step"] = same;
            figures[Prefix + "of these, first error before it"] = earlier;
        }
    }

    private static int FirstWrong(IReadOnlyList<StepEvidence> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (!steps[i].IsRight)
                return i;
        }

        return -1;
    }
}
