using System.Text;

namespace Agents.Models.Decoding.Tests;

/// <summary>The 256 bytes, then six control tokens, one of which ends a turn; numbers beyond them have no token.</summary>
internal sealed class SmallTable(int size) : ITokenTable
{
    public const int End = 258, Assistant = 261;

    public int Size => size;

    public IReadOnlyList<int> Controls { get; } = [.. Enumerable.Range(256, Math.Max(0, size - 256))];

    public ReadOnlySpan<byte> BytesOf(int token) => token < 256 ? new[] { (byte)token } : [];

    public string TextOf(int token) => Encoding.UTF8.GetString(BytesOf(token));
}
