namespace Agents.Testing.StrategyScan;

/// <summary>A member that an instruction names, with its parameter types: <c>Task.Delay(x)</c> and <c>Task.Delay(x, time)</c> differ.</summary>
/// <param name="Offset">IL offset of the instruction.</param>
/// <param name="Type">Declaring type: generic arguments dropped, arity kept, nested types after a plus sign.</param>
/// <param name="Name">Metadata name: <c>get_Result</c>, <c>.ctor</c>.</param>
/// <param name="Parameters">Parameter types in the same form; empty for a field.</param>
/// <param name="WritesStatic">The instruction stores to a static field.</param>
public sealed record MemberUse(int Offset, string Type, string Name, IReadOnlyList<string> Parameters, bool WritesStatic = false)
{
    /// <summary>Whether a parameter of this type is taken.</summary>
    public bool Takes(string parameter) => Parameters.Contains(parameter, StringComparer.Ordinal);
}

/// <summary>Where a <see cref="MemberUse"/> stands.</summary>
/// <param name="Type">Full name of the type.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="IsGenerated">
/// The compiler wrote the method's code: a record's members, an iterator's GetEnumerator. False for lambdas, local functions and
/// MoveNext, which the compiler only moved: their code is the author's.
/// </param>
/// <param name="IsAsyncBody">The method is the MoveNext of an async state machine.</param>
public sealed record MethodSite(string Type, string Method, bool IsGenerated, bool IsAsyncBody);
