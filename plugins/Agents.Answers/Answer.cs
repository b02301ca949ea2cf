using Agents.Answers.Reading;

namespace Agents.Answers;

/// <summary>A final answer: the text as it was extracted and the value it denotes, read once. Immutable and thread-safe.</summary>
public sealed class Answer
{
    private Answer(string text, AnswerKind expected)
    {
        Text = text;
        try
        {
            Reading = new AnswerReading(text, expected);
        }
        catch (Exception e) when (Faults.Note(e))
        {
            Reading = new AnswerReading(text, AnswerKind.Text);
        }
    }

    /// <summary>The answer as it was written, trimmed.</summary>
    public string Text { get; }

    /// <summary>The kind of value the text was read as.</summary>
    public AnswerKind Kind => Reading.Kind;

    /// <summary>The canonical form: equal canonical forms mean equal answers; the reverse need not hold.</summary>
    public string Canonical
    {
        get
        {
            try
            {
                return Reading.Canonical;
            }
            catch (Exception e) when (Faults.Note(e))
            {
                return Text;
            }
        }
    }

    internal AnswerReading Reading { get; }

    /// <summary>Reads an answer from its text. Never throws; text that fits no other kind is <see cref="AnswerKind.Text"/>. A null text is read as empty.</summary>
    /// <param name="text">The answer alone, without the prose around it; for model output use <see cref="AnswerExtractor"/>.</param>
    /// <param name="expected">The kind the question asks for, when known.</param>
    public static Answer Parse(string text, AnswerKind expected = AnswerKind.Any) => new((text ?? string.Empty).Trim(), expected);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
