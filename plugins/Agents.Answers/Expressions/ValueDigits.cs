namespace Agents.Answers.Expressions;

/// <summary>A growing run of digits that starts on the stack.</summary>
internal ref struct ValueDigits(Span<char> buffer)
{
    private Span<char> _buffer = buffer;

    public int Length { get; private set; }
    public readonly ReadOnlySpan<char> Span => _buffer[..Length];
    public readonly char this[int index] => _buffer[index];

    public void Append(char digit)
    {
        if (Length == _buffer.Length)
        {
            var larger = new char[_buffer.Length * 2];
            _buffer.CopyTo(larger);
            _buffer = larger;
        }

        _buffer[Length++] = digit;
    }
}
