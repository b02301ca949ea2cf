using Agents.Answers;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// An exact predicate of the caller as a verifier: 1 where it holds, 0 where it does not, an abstention where it does not apply
/// or the candidate states no answer. Calls: 0. The one verifier whose word is final: with one, coverage is accuracy
/// (Brown et al. 2024, arXiv:2407.21787).
/// </summary>
public sealed class CheckerVerifier : IVerifier
{
    private readonly Func<ReasoningRequest, Candidate, bool?> check;

    /// <summary>Checks with the request's own <see cref="ReasoningRequest.Checker"/>; without one it abstains.</summary>
    public CheckerVerifier()
        : this("request", static (request, candidate) => candidate.Answer is { } answer ? request.Checker?.Check(request, answer) : null)
    {
    }

    /// <summary>Checks answers.</summary>
    /// <param name="checker">The check; it must be deterministic and fast.</param>
    public CheckerVerifier(IAnswerChecker checker)
        : this(NameOf(checker), (request, candidate) => candidate.Answer is { } answer ? checker.Check(request, answer) : null)
    {
    }

    /// <summary>Checks answers with a predicate.</summary>
    /// <param name="label">What the predicate checks; part of the fingerprint, so change it with the predicate.</param>
    /// <param name="check">True when the answer is right, false when it is wrong, null when the check does not apply.</param>
    public CheckerVerifier(string label, Func<Answer, bool?> check)
        : this(label, (_, candidate) => candidate.Answer is { } answer ? check(answer) : null) => ArgumentNullException.ThrowIfNull(check);

    /// <summary>Checks whole candidates with a predicate.</summary>
    /// <param name="label">What the predicate checks; part of the fingerprint, so change it with the predicate.</param>
    /// <param name="check">True when the candidate is right, false when it is wrong, null when the check does not apply.</param>
    public CheckerVerifier(string label, Func<ReasoningRequest, Candidate, bool?> check)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(check);
        this.check = check;
        Fingerprint = "checker/1|" + label;
    }

    /// <inheritdoc/>
    public string Name => "checker";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) => Task.FromResult(check(request, candidate) switch
    {
        true => new Verdict(Name, 1) { Rationale = "The check holds." },
        false => new Verdict(Name, 0) { Rationale = "The check does not hold." },
        null => Verdict.Abstain(Name, candidate.Answer is null ? "The candidate states no answer." : "The check does not apply."),
    });

    private static string NameOf(IAnswerChecker checker)
    {
        ArgumentNullException.ThrowIfNull(checker);
        return checker.GetType().FullName ?? checker.GetType().Name;
    }
}
