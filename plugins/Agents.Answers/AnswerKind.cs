namespace Agents.Answers;

/// <summary>What kind of value an answer is, or is expected to be.</summary>
public enum AnswerKind
{
    /// <summary>Not stated: the text decides.</summary>
    Any,
    /// <summary>A number: integer, decimal, fraction, percentage, scientific notation, with or without a unit.</summary>
    Number,
    /// <summary>A symbolic mathematical expression, equation, inequality, interval, tuple, set or matrix.</summary>
    Expression,
    /// <summary>A choice letter such as (B).</summary>
    Choice,
    /// <summary>A yes/no or true/false answer.</summary>
    Boolean,
    /// <summary>A calendar date.</summary>
    Date,
    /// <summary>A time of day or a duration.</summary>
    Time,
    /// <summary>A JSON value.</summary>
    Json,
    /// <summary>Plain text.</summary>
    Text,
}
