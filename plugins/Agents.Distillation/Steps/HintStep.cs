using System.Text.RegularExpressions;
using Agents.Reasoning;

namespace Agents.Distillation;

/// <summary>
/// Drops traces that betray that their writer was shown the answer: "as given", "the answer is provided", "working backwards from
/// 42". Who imitates them learns to lean on a hint that will not be there. A list of phrasings, so a guard and no proof. Looks at every
/// trace, hinted or not: a model may have learnt the habit.
/// </summary>
public sealed partial class HintStep : PerTraceStep
{
    /// <inheritdoc/>
    public override string Name => "hint";

    /// <inheritdoc/>
    protected override TraceDecision Decide(TrainingQuestion question, Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return Betrays(trace.Text) ? TraceDecision.Drop(trace, "betrays the hint") : TraceDecision.Keep(trace);
    }

    /// <summary>Whether a text speaks of an answer that its writer was given.</summary>
    public static bool Betrays(string text)
    {
        string seen = VisibleText.LookAlikes(VisibleText.Of(text));
        return GivenAnswers().IsMatch(seen) || ToldAnswers().IsMatch(seen) || Backwards().IsMatch(seen);
    }

    private const RegexOptions Linear = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private const string Answer = @"(?:answer|solution|result|final value)";
    private const string Shown = @"(?:given|provided|supplied|stated|shown|known|revealed|indicated|specified|told)";

    // What ends the claim: the sentence, or words that do not name another source.
    private const string End = @"(?:[ \t]*(?:[.,;:!)\n]|$)| (?:to (?:us|me|be)|here|as|so|and|in the (?:prompt|hint|instructions?)|already|beforehand)\b)";

    // "the given answer", "the answer is provided", "the hint", "as given." But "the solution is given by x = 2" and "as given in the table" are honest.
    [GeneratedRegex(
        @"\b(?:the |your |this )?(?:given|provided|supplied|stated|known|indicated|expected|reference|gold|target) (?:correct |right |final )?" + Answer + @"\b"
        + @"|\b" + Answer + @"(?: that)? (?:is|was|has been|had been|we were|you)(?: already)? " + Shown + End
        + @"|\bhint(?:s|ed)?\b"
        + @"|\bas (?:was |already |we were )?(?:given|provided|stated|told|shown|indicated)" + End, Linear)]
    private static partial Regex GivenAnswers();

    // "we are told that the answer", "we know the right answer is", "since the right answer is", "you said the answer is".
    [GeneratedRegex(
        @"\b(?:we|i|you) (?:are|were|am|was|have been) (?:told|given|shown|informed)(?: that)? (?:the |what the )?(?:correct |right |final )?" + Answer + @"\b"
        + @"|\b(?:we|i) (?:already )?know(?: that)? the (?:correct |right |final )?" + Answer + @" (?:is|must be|should be|to be)\b"
        + @"|\b(?:since|because|given that|knowing that|knowing) the (?:correct|right|known|true) " + Answer + @"\b"
        + @"|\byou (?:said|told|gave|provided|mentioned)\b[^.\n]{0,30}\b" + Answer + @"\b"
        + @"|\b(?:matches|agrees with|equals|is consistent with|confirms|fits) (?:the |our |your )(?:given|provided|right|correct|known|expected|stated) (?:answer|result|value|one)\b", Linear)]
    private static partial Regex ToldAnswers();

    // "working backwards from the answer", "to get the right answer of 42, we need".
    [GeneratedRegex(
        @"\b(?:work(?:ing)?|reason(?:ing)?|go(?:ing)?) back(?:wards?)? from the\b[^.\n]{0,20}\b(?:" + Answer + @"|given)\b"
        + @"|\b(?:to|and) (?:get|reach|arrive at|obtain|end with|match) the (?:right|correct|given|known|expected|provided) " + Answer + @"\b", Linear)]
    private static partial Regex Backwards();
}
