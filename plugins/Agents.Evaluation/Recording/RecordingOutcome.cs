namespace Agents.Evaluation;

/// <summary>What a file of recorded samples holds.</summary>
/// <param name="Questions">Questions in the file.</param>
/// <param name="Samples">Samples in all.</param>
/// <param name="Correct">Of these, the right ones.</param>
/// <param name="Failed">Samples that failed upstream and are missing.</param>
/// <param name="OutputTokens">Tokens generated, as far as reported.</param>
public sealed record RecordingOutcome(int Questions, long Samples, long Correct, long Failed, long OutputTokens);

/// <summary>Adds up what is in the file.</summary>
internal sealed class RecordingCounts
{
    private long samples, correct, failed, tokens;

    public RecordingCounts(IEnumerable<EvaluationItem> found)
    {
        foreach (EvaluationItem item in found)
        {
            samples += item.Samples.Count;
            correct += item.Samples.Count(s => s.Correct == true);
            tokens += item.Samples.Sum(s => s.Usage?.OutputTokens ?? 0);
            failed += item.Other.TryGetValue("failed", out System.Text.Json.JsonElement count) ? count.GetInt32() : 0;
        }
    }

    public void Add(RecordedLine line)
    {
        samples += line.Samples.Count;
        correct += line.Samples.Count(s => s.Correct == true);
        tokens += line.Samples.Sum(s => s.OutputTokens ?? 0);
        failed += line.Failed;
    }

    public RecordingOutcome Outcome(int questions) => new(questions, samples, correct, failed, tokens);
}
