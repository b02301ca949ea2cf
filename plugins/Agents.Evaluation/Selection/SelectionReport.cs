namespace Agents.Evaluation;

/// <summary>What <see cref="SelectionBench"/> found. Accuracies are shares, 0–1.</summary>
/// <param name="Problems">Problems simulated.</param>
/// <param name="Samples">N of the fixed selections.</param>
/// <param name="PassAt1">Mean accuracy of one sample.</param>
/// <param name="Coverage">Share of problems with a right answer among the N samples.</param>
/// <param name="Majority">Accuracy of the plurality over N samples: self-consistency.</param>
/// <param name="VoteOnly">The stop rule without a verifier.</param>
/// <param name="Rows">One row a verifier.</param>
public sealed record SelectionReport(int Problems, int Samples, double PassAt1, double Coverage, double Majority, StoppedVote VoteOnly, IReadOnlyList<SelectionRow> Rows)
{
    /// <summary>The greatest standard error of an accuracy here, √(¼/problems).</summary>
    public double StandardError => Math.Sqrt(0.25 / Problems);
}

/// <summary>The accuracy of each selection under one verifier.</summary>
/// <param name="Verifier">The verifier.</param>
/// <param name="BestOf8">The highest score of the first 8 samples.</param>
/// <param name="BestOfAll">The highest score of all N.</param>
/// <param name="SummedRatios">argmax over answers of Σ (LLR + 1).</param>
/// <param name="SummedScores">argmax over answers of Σ s: the weighted vote.</param>
/// <param name="Stopped">The weighted vote with the stop rule: verified consistency.</param>
public sealed record SelectionRow(VerifierQuality Verifier, double BestOf8, double BestOfAll, double SummedRatios, double SummedScores, StoppedVote Stopped);

/// <summary>A vote that stops early.</summary>
/// <param name="Accuracy">Share of right answers.</param>
/// <param name="Samples">Mean samples used.</param>
/// <param name="Rounds">Mean stages used.</param>
/// <param name="Disagreement">Share of problems on which it answers otherwise than the plurality over all N.</param>
/// <param name="EasySamples">Mean samples used on the easy stratum.</param>
/// <param name="EasyError">The standard error of <paramref name="EasySamples"/>.</param>
public sealed record StoppedVote(double Accuracy, double Samples, double Rounds, double Disagreement, double EasySamples, double EasyError);
