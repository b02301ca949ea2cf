using System.Globalization;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Several verifiers as one. Weighted, any and all ask every member at once: calls are the sum, the critical path is that of the
/// slowest. Escalating asks an expensive member only where those before it abstain or are unsure: calls between those of the
/// first and the sum. When all abstain, so does the ensemble. A member whose model call fails abstains. Combined verifiers:
/// Lifshitz et al. 2025, arXiv:2502.20379.
/// </summary>
public sealed class EnsembleVerifier : IVerifier
{
    private readonly EnsembleMember[] members;
    private readonly EnsembleRule rule;

    /// <summary>Creates an ensemble.</summary>
    /// <param name="rule">How one verdict is made.</param>
    /// <param name="members">The members, at least one; the cheap ones first.</param>
    /// <exception cref="ArgumentException">There is no member, or a member's weight or threshold is out of range.</exception>
    public EnsembleVerifier(EnsembleRule rule, params IReadOnlyList<EnsembleMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0)
            throw new ArgumentException("An ensemble needs at least one member.", nameof(members));
        foreach (EnsembleMember member in members)
            member.Validate();
        this.rule = rule;
        this.members = [.. members];
        Fingerprint = $"ensemble/1|{rule}|{string.Concat(members.Select(m => m.Fingerprint))}";
    }

    /// <summary>The mean of verifiers of equal weight.</summary>
    public static EnsembleVerifier Mean(params IReadOnlyList<IVerifier> verifiers) => Of(EnsembleRule.Weighted, verifiers);

    /// <summary>One that accepts is enough.</summary>
    public static EnsembleVerifier Any(params IReadOnlyList<IVerifier> verifiers) => Of(EnsembleRule.Any, verifiers);

    /// <summary>One that rejects is enough.</summary>
    public static EnsembleVerifier All(params IReadOnlyList<IVerifier> verifiers) => Of(EnsembleRule.All, verifiers);

    /// <summary>Cheap ones first; the default thresholds, except that arithmetic may only reject.</summary>
    public static EnsembleVerifier Escalating(params IReadOnlyList<IVerifier> verifiers) =>
        new(EnsembleRule.Escalating, [.. verifiers.Select(v => v is ArithmeticVerifier ? new EnsembleMember(v) { AcceptAt = null } : new EnsembleMember(v))]);

    /// <inheritdoc/>
    public string Name => "ensemble";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>Required where every member requires them, else useful where one has a use for them.</summary>
    public EvidenceNeed LogProbabilities => members.All(m => m.Verifier.LogProbabilities == EvidenceNeed.Required) ? EvidenceNeed.Required
        : members.Any(m => m.Verifier.LogProbabilities != EvidenceNeed.None) ? EvidenceNeed.Useful
        : EvidenceNeed.None;

    /// <summary>The most that any member needs.</summary>
    public int Alternatives => members.Max(m => m.Verifier.Alternatives);

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        Verdict[] verdicts = rule == EnsembleRule.Escalating
            ? await EscalateAsync(context, request, candidate)
            : await Task.WhenAll(members.Select((_, i) => AskAsync(i, context, request, candidate)));
        string rationale = string.Join("; ", verdicts.Select(Said));
        return Combine([.. verdicts.Select(v => v.Score)]) is { } score
            ? new Verdict(Name, score) { Rationale = rationale, Steps = CombineSteps(verdicts) }
            : Verdict.Abstain(Name, rationale);
    }

    private static EnsembleVerifier Of(EnsembleRule rule, IReadOnlyList<IVerifier> verifiers) => new(rule, [.. verifiers.Select(v => new EnsembleMember(v))]);

    private async Task<Verdict[]> EscalateAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        var verdicts = new List<Verdict>();
        for (int i = 0; i < members.Length; i++)
        {
            Verdict verdict = await AskAsync(i, context, request, candidate);
            verdicts.Add(verdict);
            if (verdict.Score is { } score && members[i].IsSure(score))
                break;
        }

        return [.. verdicts];
    }

    /// <summary>Asks a member in a branch of its own: two members with the same prompt are two opinions.</summary>
    private async Task<Verdict> AskAsync(int index, ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        IVerifier verifier = members[index].Verifier;
        try
        {
            return await verifier.VerifyAsync(context.Branch(string.Create(CultureInfo.InvariantCulture, $"member{index}")), request, candidate);
        }
        catch (ModelCallException e)
        {
            return Verdict.Abstain(verifier.Name, e.Message);
        }
    }

    /// <summary>One score of those of the members, in their order; null when all abstain.</summary>
    private double? Combine(IReadOnlyList<double?> scores) => rule switch
    {
        EnsembleRule.Any => scores.Max(),
        EnsembleRule.All => scores.Min(),
        EnsembleRule.Escalating => scores.LastOrDefault(s => s is not null),
        _ => WeightedMean(scores),
    };

    private double? WeightedMean(IReadOnlyList<double?> scores)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < scores.Count; i++)
        {
            if (scores[i] is { } score)
            {
                sum += members[i].Weight * score;
                weights += members[i].Weight;
            }
        }

        // The quotient of rounded sums may leave the range of what was averaged by a last bit.
        return weights > 0 ? Math.Clamp(sum / weights, scores.Min()!.Value, scores.Max()!.Value) : null;
    }

    /// <summary>Steps are combined where every member that scores steps sees the same number of them; else they are the first such member's.</summary>
    private IReadOnlyList<double?> CombineSteps(Verdict[] verdicts)
    {
        Verdict[] stepwise = [.. verdicts.Where(v => v.Steps.Count > 0)];
        if (stepwise.Length == 0)
            return [];
        int count = stepwise[0].Steps.Count;
        return stepwise.Any(v => v.Steps.Count != count)
            ? stepwise[0].Steps
            : [.. Enumerable.Range(0, count).Select(step => Combine([.. verdicts.Select(v => v.Steps.Count == 0 ? null : v.Steps[step])]))];
    }

    private static string Said(Verdict verdict) => verdict.Score is { } score
        ? string.Create(CultureInfo.InvariantCulture, $"{verdict.Verifier} {score:0.###}")
        : $"{verdict.Verifier} abstains";
}
