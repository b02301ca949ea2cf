namespace Agents.Evaluation;

/// <summary>A line of <c>verdicts.jsonl</c>: what a verifier said of a candidate that is known to be right or wrong.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Candidate">The candidate's index in its run.</param>
/// <param name="Verifier">The verifier's name.</param>
/// <param name="Fingerprint">The fingerprint of the evaluation's verifier.</param>
/// <param name="Score">The score, 0–1; null for an abstention.</param>
/// <param name="Correct">Whether the candidate is right.</param>
public sealed record VerdictRow(string Id, string Strategy, int Candidate, string Verifier, string Fingerprint, double? Score, bool Correct)
{
    /// <summary>The verdicts of a record whose candidates are known to be right or wrong.</summary>
    /// <param name="record">The record.</param>
    /// <param name="plan">The plan it belongs to; without its verifier's fingerprint there are none.</param>
    public static IEnumerable<VerdictRow> Of(EvaluationRecord record, EvaluationPlan plan)
    {
        if (plan.VerifierFingerprint is not { } fingerprint)
            yield break;
        ICorrectness correctness = plan.CorrectnessInForce;
        foreach (Reasoning.Candidate candidate in record.Result.Candidates)
        {
            if (candidate.Verdicts.Count > 0 && correctness.Judge(record.Item, candidate) is { } correct)
            {
                foreach (Reasoning.Verdict verdict in candidate.Verdicts)
                    yield return new VerdictRow(record.Item.Id, record.Strategy, candidate.Index, verdict.Verifier, fingerprint, verdict.Score, correct);
            }
        }
    }
}
