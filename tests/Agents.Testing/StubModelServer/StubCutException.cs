namespace Agents.Testing;

/// <summary>
/// Thrown inside the stub server after the first half of a reply: Kestrel sends what was written and closes the connection.
/// (Aborting it would throw away what is not sent yet.)
/// </summary>
internal sealed class StubCutException : Exception
{
    public StubCutException()
        : base("The stub cuts this reply.")
    {
    }
}
