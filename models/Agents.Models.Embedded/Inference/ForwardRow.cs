namespace Agents.Models.Embedded;

/// <summary>One token to be run: where it stands, in which text, and whether what follows it is wanted.</summary>
/// <param name="Token">The token.</param>
/// <param name="Position">Its position, from 0; the sequence has room for it.</param>
/// <param name="Sequence">Keys and values of the positions before it, and room for its own.</param>
/// <param name="WantsLogits">Whether the logits of the next token are wanted.</param>
internal readonly record struct ForwardRow(int Token, int Position, KeyValueSequence Sequence, bool WantsLogits);
