namespace Agents.Answers;

/// <summary>A final answer: the text as it was extracted and the value it denotes. Immutable and thread-safe.</summary>
public sealed class Answer
{
    private Answer(string text, AnswerKind kind)
    {
        Text = text;
        Kind = kind;
    }

    /// <summary>The answer as it was written, trimmed.</summary>
    public string Text { get; }

    /// <summary>The kind of value the text was read as.</summary>
    public AnswerKind Kind { get; }

    /// <summary>The canonical form: equal canonical forms mean equal answers; the reverse need not hold.</summary>
    public string Canonical => Text;

    /// <summary>Reads an answer from its text. Never throws; text that fits no other kind is <see cref="AnswerKind.Text"/>.</summary>
    public static Answer Parse(string text, AnswerKind expected = AnswerKind.Any) => new(text.Trim(), expected == AnswerKind.Any ? AnswerKind.Text : expected);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
