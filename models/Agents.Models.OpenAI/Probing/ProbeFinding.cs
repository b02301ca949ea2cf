namespace Agents.Models.OpenAI;

/// <summary>What a probe found out about one capability.</summary>
/// <param name="Capability">Its name, such as <c>n</c> or <c>logprobs</c>.</param>
/// <param name="Works">True or false; null when the replies do not tell.</param>
/// <param name="Detail">What was seen.</param>
public sealed record ProbeFinding(string Capability, bool? Works, string Detail)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Capability,-9} {(Works switch { true => "yes", false => "no", null => "?" }),-4} {Detail}";
}
