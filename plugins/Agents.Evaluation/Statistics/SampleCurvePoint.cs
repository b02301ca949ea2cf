namespace Agents.Evaluation;

/// <summary>Accuracy and coverage at one number of samples.</summary>
/// <param name="K">The number of samples.</param>
/// <param name="Majority">The accuracy of the vote over the first k samples by index, 0–1.</param>
/// <param name="MajorityInterval">Its Wilson 95 % interval.</param>
/// <param name="MajorityMean">The accuracy of a vote over k samples in random order, averaged over orders: free of the luck of one order.</param>
/// <param name="Coverage">pass@k, unbiased: the chance that at least one of k samples is right.</param>
/// <param name="AllCorrect">pass^k: the chance that all of k samples are right.</param>
public sealed record SampleCurvePoint(int K, double Majority, Interval MajorityInterval, double MajorityMean, double Coverage, double AllCorrect);
