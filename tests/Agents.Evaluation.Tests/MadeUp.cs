namespace Agents.Evaluation.Tests;

/// <summary>Made-up questions with five recorded samples each, of which about two in three are right.</summary>
internal static class MadeUp
{
    public static EvaluationPlan Plan(int questions)
    {
        var random = new SplitMix64(1);
        EvaluationItem[] items =
        [
            .. Enumerable.Range(0, questions).Select(q => new EvaluationItem($"q{q}", $"What is {q}?", $"{q}", [.. Enumerable.Range(0, 5).Select(s =>
            {
                int answer = random.Next(3) > 0 ? q : q + 1 + random.Next(2);
                return new RecordedSample($"Sample {s}: the answer is {answer}.", random.Next(12) == 0 ? null : $"{answer}", answer == q) { Usage = new(20, 8) };
            })])),
        ];
        return new EvaluationPlan
        {
            Data = new EvaluationData("made-up", "00", items),
            Strategies = [new EvaluatedStrategy(new MajorityOf(1)), new EvaluatedStrategy(new MajorityOf(5))],
            Command = "agents eval made-up --strategy majority",
        };
    }
}
