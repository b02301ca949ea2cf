using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Runs a candidate's code through unit tests: 1 when the tests pass, 0 when they fail or do not end in time. What runs is the
/// command that plays the role <see cref="Role"/>: its operator configured it, and neither request, prompt nor candidate can
/// name another. Calls: 1 a candidate, journaled and replayed like every other. A candidate without a block of code, or a
/// command that could not run, is an abstention with the reason.
/// </summary>
public sealed class UnitTestVerifier : IVerifier
{
    /// <summary>The role that the command plays.</summary>
    public const string Role = "unit-tests";

    /// <summary>Metadata of the command's reply: its exit code. A reply without one is no command's.</summary>
    public const string ExitCode = "exit_code";

    /// <summary>Metadata of the command's reply: <c>true</c> where it was stopped at its time limit.</summary>
    public const string TimedOut = "timed_out";

    private const int MaxQuoted = 500;

    /// <inheritdoc/>
    public string Name => "unit-tests";

    /// <inheritdoc/>
    public string Fingerprint => "unit-tests/1|" + Role;

    /// <inheritdoc/>
    public async Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate)
    {
        if (!candidate.Sample.IsOk)
            return Verdict.Abstain(Name, "The sample failed; there is nothing to run.");
        if (CodeExtractor.LastBlock(Strategies.ThinkingText.SetAside(candidate.Sample.Text)) is not { } code)
            return Verdict.Abstain(Name, "The candidate holds no fenced block of code.");
        Sample ran;
        try
        {
            ran = await context.JudgeAsync(Role, [new ChatMessage(ChatRole.User, request.Question), new ChatMessage(ChatRole.Assistant, code)]);
        }
        catch (ModelCallException e)
        {
            return Verdict.Abstain(Name, e.Failure.Message);
        }

        return Read(ran);
    }

    private Verdict Read(Sample ran)
    {
        IReadOnlyDictionary<string, string> facts = ran.Outcome.Metadata;
        // A language model in this role could otherwise write its own verdict.
        if (!facts.TryGetValue(ExitCode, out string? exit))
            return Verdict.Abstain(Name, $"What plays the role '{Role}' is no command: it reported no exit code.");
        if (facts.GetValueOrDefault(TimedOut) == "true")
            return new Verdict(Name, 0) { Rationale = "The tests did not end within the time limit." };
        return exit == "0"
            ? new Verdict(Name, 1) { Rationale = "The tests pass." }
            : new Verdict(Name, 0) { Rationale = $"The tests fail with exit code {exit}. {End(ran.Text)}".TrimEnd() };
    }

    // What failed stands at the end of most test reports.
    private static string End(string output) => output.Length <= MaxQuoted ? output.Trim() : "…" + output[^MaxQuoted..].Trim();
}
