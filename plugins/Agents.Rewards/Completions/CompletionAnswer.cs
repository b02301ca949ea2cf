using Agents.Answers;

namespace Agents.Rewards;

/// <summary>The answer of a completion, and the faults that only the answers' values show.</summary>
/// <param name="Answer">The one answer, or null: none, or several.</param>
/// <param name="Faults">Several answers, an answer outside the tags, an address to the judge.</param>
internal sealed record CompletionAnswer(Answer? Answer, CompletionFaults Faults)
{
    private const string Box = "\\boxed";

    public static CompletionAnswer Of(RewardItem item, AnswerExtractor extractor)
    {
        CompletionFaults faults = JudgeAppeal.IsIn(item.Completion) ? CompletionFaults.AddressesJudge : CompletionFaults.None;
        CompletionForm form = item.Form;
        Answer? answer;
        if (form.Answers.Count > 0)
        {
            // Inside the tags the answer stands alone or as the content of a box; around them another may be announced.
            answer = Tagged(form.Answers[^1], item.Expected, extractor);
            if (form.Answers.Any(other => Differs(Tagged(other, item.Expected, extractor), answer)))
                faults |= CompletionFaults.SeveralAnswers;
            if (extractor.ExtractWithSpan(form.Outside, item.Expected) is { Rule: <= ExtractionRule.Cue } announced && Differs(announced.Answer, answer))
                faults |= CompletionFaults.AnswerOutsideTags;
            if (IsHedged(form.Answers[^1]))
                faults |= CompletionFaults.SeveralAnswers;
        }
        else
        {
            ExtractedAnswer? found = extractor.ExtractWithSpan(form.Final, item.Expected);
            answer = found?.Answer;
            if (found is { Rule: ExtractionRule.Boxed } boxed && OtherBoxes(form.Final, boxed).Any(other => Differs(Answer.Parse(other, item.Expected), answer)))
                faults |= CompletionFaults.SeveralAnswers;
        }

        return new CompletionAnswer((faults & CompletionFaults.SeveralAnswers) == 0 ? answer : null, faults);
    }

    private static Answer? Tagged(string content, AnswerKind expected, AnswerExtractor extractor) =>
        content.Length == 0 ? null : extractor.Extract($"<answer>{content}</answer>", expected);

    private static bool Differs(Answer? one, Answer? other) =>
        one is not null && other is not null && AnswerEquivalence.Default.Compare(one, other) == Equivalence.Different;

    // "12 or 15" is two guesses. "x = 1 or x = 2" is the two roots that a question may ask for, and stays.
    private static bool IsHedged(string content)
    {
        int or = content.IndexOf(" or ", StringComparison.OrdinalIgnoreCase);
        return or > 0 && !content.Contains('=', StringComparison.Ordinal) && content.AsSpan(0, or).ContainsAnyInRange('0', '9') && content.AsSpan(or).ContainsAnyInRange('0', '9');
    }

    /// <summary>The contents of the boxes that are not part of the answer.</summary>
    private static IEnumerable<string> OtherBoxes(string text, ExtractedAnswer answer)
    {
        for (int at = text.IndexOf(Box, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Box, at + 1, StringComparison.Ordinal))
        {
            int open = at + Box.Length;
            if (open >= text.Length || text[open] != '{')
                continue;
            int close = Closing(text, open);
            bool isOfAnswer = answer.Start < close && answer.Start + answer.Length > at;
            if (close > 0 && !isOfAnswer)
                yield return text[(open + 1)..close];
        }
    }

    private static int Closing(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        return -1;
    }
}
