using Agents.Reasoning.Verifiers;
using Xunit.Abstractions;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class ArithmeticOnRecordedDataTests(ITestOutputHelper output)
{
    /// <summary>
    /// Within-question AUC: of pairs of a right and a wrong sample of one question, how often the right one scores higher, ties
    /// and abstentions counting half.
    /// </summary>
    [Theory]
    [InlineData("samples_gsm8k_openai_k4.jsonl.gz", 0.52, 0.05, 0.02)]
    [InlineData("samples_svamp_fcot_multi.jsonl.gz", 0.52, 0.55, 0.02)]
    public void RecordedSamples_WrongCalculationsGoWithWrongAnswers(string file, double leastAuc, double mostAbstaining, double mostFalseAlarms)
    {
        if (RecordedSamples.Read(file) is not { } questions)
        {
            output.WriteLine($"shared/data/{file} is absent: nothing compared.");
            return;
        }

        double wins = 0;
        int pairs = 0, samples = 0, abstaining = 0, right = 0, falseAlarms = 0, alarms = 0;
        foreach ((_, IReadOnlyList<RecordedSample> recorded) in questions)
        {
            (bool IsCorrect, double? Score)[] judged = [.. recorded.Select(s => (s.IsCorrect, ArithmeticVerifier.Check(s.Text).Score))];
            samples += judged.Length;
            abstaining += judged.Count(j => j.Score is null);
            right += judged.Count(j => j.IsCorrect);
            alarms += judged.Count(j => j.Score == 0);
            falseAlarms += judged.Count(j => j.IsCorrect && j.Score == 0);
            foreach ((_, double? good) in judged.Where(j => j.IsCorrect))
            {
                foreach ((_, double? bad) in judged.Where(j => !j.IsCorrect))
                {
                    pairs++;
                    wins += good is null || bad is null || good == bad ? 0.5 : good > bad ? 1 : 0;
                }
            }
        }

        output.WriteLine($"{file}: AUC {wins / pairs:F4} over {pairs} pairs; {abstaining} of {samples} abstain; {alarms} alarms, {falseAlarms} of them for {right} right samples.");
        Assert.InRange(wins / pairs, leastAuc, 1);
        Assert.InRange((double)abstaining / samples, 0, mostAbstaining);
        Assert.InRange((double)falseAlarms / right, 0, mostFalseAlarms);
    }

    /// <summary>Most of the disagreements are slips that the people overlooked, such as 336 * 74 = 24984.</summary>
    [Fact]
    public void MarkedSteps_TheFirstWrongStepIsFound()
    {
        if (RecordedSamples.ReadMarkedSteps("steps_bigbench_mistake.jsonl.gz") is not { } solutions)
        {
            output.WriteLine("shared/data/steps_bigbench_mistake.jsonl.gz is absent: nothing compared.");
            return;
        }

        int found = 0, missed = 0;
        foreach ((IReadOnlyList<string> steps, int? firstWrong) in solutions)
        {
            IReadOnlyList<double?> scores = ArithmeticVerifier.Check(string.Join('\n', steps.Select(s => s.ReplaceLineEndings(" ")))).Steps;
            int at = scores.TakeWhile(s => s != 0).Count();
            int? first = at < scores.Count ? at : null;
            found += first == firstWrong ? 1 : 0;
            missed += firstWrong is not null && first is null ? 1 : 0;
        }

        output.WriteLine($"The first wrong step agrees for {found} of {solutions.Count} solutions; {missed} wrong steps were missed.");
        Assert.InRange(found, solutions.Count * 0.9, solutions.Count);
        Assert.InRange(missed, 0, solutions.Count * 0.03);
    }
}
