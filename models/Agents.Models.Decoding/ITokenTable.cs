namespace Agents.Models.Decoding;

/// <summary>What the tokens of a vocabulary stand for. Immutable, thread-safe.</summary>
internal interface ITokenTable
{
    /// <summary>The number of tokens.</summary>
    int Size { get; }

    /// <summary>Tokens that stand for no text, those ending a turn among them.</summary>
    IReadOnlyList<int> Controls { get; }

    /// <summary>The bytes a token stands for; none for a control token and for a number that no token has.</summary>
    ReadOnlySpan<byte> BytesOf(int token);

    /// <summary>The token's text; bytes that are no whole character become U+FFFD.</summary>
    string TextOf(int token);
}
