namespace Agents.Testing.StrategyScan;

/// <summary>One place in compiled code that breaks rule 3 of the strategy rules (<c>docs/reasoning-loop.md</c>).</summary>
/// <param name="Type">Full name of the type, compiler-generated ones included.</param>
/// <param name="Method">The method, or the field for a static that can change.</param>
/// <param name="Offset">IL offset of the instruction; 0 for a field.</param>
/// <param name="Construct">Which construct of <see cref="ForbiddenConstructs"/> it is.</param>
/// <param name="Reason">Why it is forbidden, and what to write instead.</param>
public sealed record ForbiddenUse(string Type, string Method, int Offset, string Construct, string Reason)
{
    /// <summary>One line for a test's message.</summary>
    public override string ToString() => $"{Type}.{Method} at IL_{Offset:x4}: {Construct} ({Reason})";
}
