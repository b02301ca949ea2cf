using Agents.Reasoning.Verifiers;

namespace Agents.Distillation;

/// <summary>
/// How far labels by rollouts agree with exact arithmetic, where that can judge: a step with a calculation is exactly right when no
/// calculation up to it is wrong. Compared up to the first step that either calls wrong: what follows an error is not comparable.
/// Thread-safe.
/// </summary>
internal sealed class StepAgreement
{
    private readonly Lock gate = new();
    private int compared, agreed, exactlyWrong, found;

    public void Add(IReadOnlyList<StepEvidence> steps, bool isTraceRight)
    {
        int exact = -1, labelled = -1, seen = 0, equal = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            bool hasCalculation = ArithmeticVerifier.Calculations(steps[i].Text).Any();
            bool isExactlyWrong = hasCalculation && TraceSteps.IsWrong(steps[i].Text);
            exact = exact < 0 && isExactlyWrong ? i : exact;
            labelled = labelled < 0 && !steps[i].IsRight ? i : labelled;
            if (hasCalculation)
            {
                seen++;
                equal += isExactlyWrong == !steps[i].IsRight ? 1 : 0;
            }

            if (isExactlyWrong || !steps[i].IsRight)
                break;
        }

        lock (gate)
        {
            compared += seen;
            agreed += equal;
            // Of wrong traces with a wrong calculation: does the label name the same step?
            if (isTraceRight || exact < 0)
                return;
            exactlyWrong++;
            found += labelled == exact ? 1 : 0;
        }
    }

    public void AddTo(IDictionary<string, double> figures)
    {
        lock (gate)
        {
            (double low, double high) = WilsonInterval.Of(agreed, compared);
            figures["agreement with exact arithmetic, steps compared"] = compared;
            figures["agreement with exact arithmetic, steps agreed"] = agreed;
            figures["agreement with exact arithmetic, low"] = low;
            figures["agreement with exact arithmetic, high"] = high;
            figures["first errors by exact arithmetic, before any by label"] = exactlyWrong;
            figures["first errors found at that step"] = found;
        }
    }
}
