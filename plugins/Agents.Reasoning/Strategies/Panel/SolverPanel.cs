using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>Several solvers side by side, played by the roles of a list in turn: member i by role i mod the list's length.</summary>
internal sealed class SolverPanel
{
    private readonly IReadOnlyList<string> roles;

    /// <summary>Creates a panel.</summary>
    /// <exception cref="ArgumentException">There is no role, or a name is none.</exception>
    public SolverPanel(IReadOnlyList<string> roles, int size)
    {
        if (roles.Count == 0 || roles.FirstOrDefault(r => !Roles.IsName(r)) is not null)
            throw new ArgumentException($"A panel needs at least one role, each a lower-case name: '{string.Join(", ", roles)}'.", nameof(roles));
        this.roles = roles;
        Size = size;
    }

    /// <summary>How many members there are.</summary>
    public int Size { get; }

    /// <summary>The part of a fingerprint that says who sits on the panel.</summary>
    public string Fingerprint => $"{Size}x{string.Join('+', roles)}";

    /// <summary>Asks one member in a context of its choice, and takes the solution in as candidate <paramref name="index"/>.</summary>
    public async Task<Candidate> AskAsync(int member, int index, ReasoningContext context, Evidence evidence, IReadOnlyList<ChatMessage> messages, SampleOptions sampling)
    {
        Candidate? said = null;
        await foreach (Sample sample in context.SampleAsync(roles[member % roles.Count], messages, sampling))
            said = evidence.Add(sample with { Index = index });
        return said!;
    }

    /// <summary>Asks every member the same at once. Members of one role are exchangeable, so they share the context.</summary>
    public Task<Candidate[]> AskAllAsync(ReasoningContext context, Evidence evidence, IReadOnlyList<ChatMessage> messages, SampleOptions sampling) =>
        Task.WhenAll(Enumerable.Range(0, Size).Select(i => AskAsync(i, i, context, evidence, messages, sampling)));
}
