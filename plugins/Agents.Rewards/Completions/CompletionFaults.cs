namespace Agents.Rewards;

/// <summary>What is wrong with the form of a completion, as far as parsing can see it.</summary>
[Flags]
public enum CompletionFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is no thinking: no <c>&lt;think&gt;</c> element.</summary>
    NoThinking = 1 << 0,

    /// <summary>The thinking holds no words, or only the words of a template ("reasoning process here").</summary>
    EmptyThinking = 1 << 1,

    /// <summary>The thinking never closes.</summary>
    UnclosedThinking = 1 << 2,

    /// <summary>There is more than one element of thinking.</summary>
    RepeatedThinking = 1 << 3,

    /// <summary>There is no <c>&lt;answer&gt;</c> element after the thinking.</summary>
    NoAnswer = 1 << 4,

    /// <summary>An <c>&lt;answer&gt;</c> element is empty.</summary>
    EmptyAnswer = 1 << 5,

    /// <summary>An <c>&lt;answer&gt;</c> element never closes, or one closes that never opened.</summary>
    UnclosedAnswer = 1 << 6,

    /// <summary>There is more than one <c>&lt;answer&gt;</c> element after the thinking.</summary>
    RepeatedAnswer = 1 << 7,

    /// <summary>Different answers are given: in several elements, in several boxes, or by alternatives inside one element.</summary>
    SeveralAnswers = 1 << 8,

    /// <summary>Outside the <c>&lt;answer&gt;</c> element another answer is announced.</summary>
    AnswerOutsideTags = 1 << 9,

    /// <summary>An <c>&lt;answer&gt;</c> element stands inside the thinking.</summary>
    AnswerInThinking = 1 << 10,

    /// <summary>There is text before the thinking, between the two elements, or after the answer.</summary>
    TextOutside = 1 << 11,

    /// <summary>The completion speaks to whoever grades it, or carries marks of a chat template or of a verdict.</summary>
    AddressesJudge = 1 << 12,
}
