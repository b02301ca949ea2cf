namespace Agents.Answers;

/// <summary>The rule by which an answer was found in model text, strongest first.</summary>
public enum ExtractionRule
{
    /// <summary>The content of the last <c>&lt;answer&gt;</c> element.</summary>
    AnswerTag,
    /// <summary>The last <c>\boxed{}</c>, or the last boxes joined by "and", "or" or punctuation.</summary>
    Boxed,
    /// <summary>The answer field of a JSON object, or the JSON value itself.</summary>
    JsonField,
    /// <summary>What follows the last <c>####</c>.</summary>
    Hashes,
    /// <summary>What follows the last "the answer is", in its variants.</summary>
    Cue,
    /// <summary>The whole text, which is an answer by itself.</summary>
    Whole,
    /// <summary>The last formula between TeX delimiters.</summary>
    LastFormula,
    /// <summary>The last number.</summary>
    LastNumber,
    /// <summary>The last choice letter, date, time or yes/no.</summary>
    LastOfKind,
    /// <summary>A short last line.</summary>
    LastLine,
}
