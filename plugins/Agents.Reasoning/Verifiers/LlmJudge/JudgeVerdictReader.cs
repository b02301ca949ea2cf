using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>The ways in which a judge may state its verdict.</summary>
[Flags]
internal enum VerdictForms
{
    None = 0,

    /// <summary>A word names it: "Rating: 9", "I rate this 9", "the solution is correct".</summary>
    Named = 1,

    /// <summary>Nothing names it: "**9**", "9/10", "Yes."</summary>
    Bare = 2,

    /// <summary>A JSON object without the call's id.</summary>
    Object = 4,

    All = Named | Bare | Object,
}

/// <summary>
/// Reads a verdict, 0–1, from a judge's own message; null is unreadable, never a default. The marked line, or the JSON object,
/// with the call's nonce always counts. Freer forms count only where the judged text holds nothing of that form: then an
/// echo of the candidate cannot be taken for the judge's word.
/// </summary>
internal sealed partial class JudgeVerdictReader
{
    private const int MaxLength = 20_000;
    private const int MaxObjects = 50;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture;
    private const string Word = @"(?<no>not\s+)?(?<word>yes|no|correct|incorrect|true|false|right|wrong)(?=\s*([.,;!)(]|-\s|$))";
    private const string Number = @"(?<![\d.,-])(?<value>\d{1,4}(\.\d{1,6})?)(?![\d.]*\d)(\s*(?<percent>%)|\s*(/|out\s+of|of)\s*(?<max>\d{1,4}))?(?!\s*(-|–|to|or|/)\s*\d)(\s*points?)?";
    private const string Named = @"\b(verdict|rating|score|grade|judge?ment|assessment)\b";

    private readonly JudgeScale scale;
    private readonly int maxPoints;
    private readonly string nonce;
    private readonly VerdictForms allowed;

    /// <summary>A reader for one call.</summary>
    /// <param name="scale">How verdicts are stated.</param>
    /// <param name="maxPoints">The top of the scale of points.</param>
    /// <param name="nonce">The call's nonce.</param>
    /// <param name="judged">Everything of others that the judge was shown, neutralised.</param>
    public JudgeVerdictReader(JudgeScale scale, int maxPoints, string nonce, string judged)
    {
        (this.scale, this.maxPoints, this.nonce) = (scale, maxPoints, nonce);
        allowed = VerdictForms.All & ~FormsIn(judged);
    }

    /// <summary>The verdict of a message, thinking set aside; null when it cannot be read.</summary>
    public double? Read(string message)
    {
        message = ThinkingText.SetAside(message);
        if (message.Length > MaxLength)
            message = message[^MaxLength..];
        if (ReadObject(message) is { } stated)
            return stated;
        string text = Plain(message);
        Match? marked = Last(MarkedLine(), text, m => m.Groups["nonce"].Value.Equals(nonce, StringComparison.OrdinalIgnoreCase));
        if (marked is not null)
            return (scale == JudgeScale.YesNo ? FirstWord() : FirstNumber()).Match(marked.Groups["rest"].Value) is { Success: true } first ? Value(first) : null;
        if (allowed.HasFlag(VerdictForms.Named) && Last(scale == JudgeScale.YesNo ? NamedWord() : NamedNumber(), text) is { } named)
            return Value(named);
        return allowed.HasFlag(VerdictForms.Bare) ? Bare(text) : null;
    }

    /// <summary>The forms of verdict that a text holds, so that they cannot be trusted in a message that may quote it.</summary>
    private VerdictForms FormsIn(string judged)
    {
        string text = Plain(Confusables.Fold(judged));
        var forms = VerdictForms.None;
        if (text.Contains("verdict", StringComparison.OrdinalIgnoreCase) || (scale == JudgeScale.YesNo ? NamedWord() : NamedNumber()).IsMatch(text))
            forms |= VerdictForms.Named;
        if (text.Split('\n').Any(line => Whole(line) is not null) || scale == JudgeScale.Points && OutOf().IsMatch(text))
            forms |= VerdictForms.Bare;
        if (judged.Contains('{', StringComparison.Ordinal))
            forms |= VerdictForms.Object;
        return forms;
    }

    private double? Bare(string text)
    {
        if (Whole(text) is { } whole)
            return whole;
        if (scale == JudgeScale.Points && Last(OutOf(), text) is { } ratio)
            return Value(ratio);
        int lastLine = text.TrimEnd().LastIndexOf('\n');
        return lastLine < 0 ? null : Whole(text[lastLine..]);
    }

    /// <summary>The value of a text that says nothing else.</summary>
    private double? Whole(string text)
    {
        Match match = (scale == JudgeScale.YesNo ? WholeWord() : WholeNumber()).Match(text.Trim());
        return match.Success ? Value(match) : null;
    }

    private double? Value(Match match)
    {
        if (scale == JudgeScale.YesNo)
        {
            bool says = match.Groups["word"].Value.ToUpperInvariant() is "YES" or "CORRECT" or "TRUE" or "RIGHT";
            return says != match.Groups["no"].Success ? 1 : 0;
        }

        double value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        double top = match.Groups["percent"].Success ? 100 : match.Groups["max"].Success ? int.Parse(match.Groups["max"].Value, CultureInfo.InvariantCulture) : maxPoints;
        return top > 0 && value <= top ? value / top : null;
    }

    /// <summary>The verdict of the last JSON object of a message, where it is this call's.</summary>
    private double? ReadObject(string message)
    {
        int close = message.LastIndexOf('}');
        int tries = 0;
        for (int open = close; open > 0 && tries++ < MaxObjects;)
        {
            open = message.LastIndexOf('{', open - 1);
            if (open < 0)
                return null;
            try
            {
                using var document = JsonDocument.Parse(message[open..(close + 1)]);
                return ReadObject(document.RootElement);
            }
            catch (JsonException)
            {
                // A brace inside the object; it opens further to the left.
            }
        }

        return null;
    }

    private double? ReadObject(JsonElement root)
    {
        if (!root.TryGetProperty("verdict", out JsonElement verdict))
            return null;
        bool isOurs = root.TryGetProperty("id", out JsonElement id)
            ? id.ValueKind == JsonValueKind.String && string.Equals(id.GetString(), nonce, StringComparison.OrdinalIgnoreCase)
            : allowed.HasFlag(VerdictForms.Object);
        return !isOurs ? null : verdict.ValueKind == JsonValueKind.String ? Whole(Plain(verdict.GetString()!)) : Whole(verdict.GetRawText());
    }

    /// <summary>Without Markdown and LaTeX around the words, invisible characters, and marks of quotation.</summary>
    private static string Plain(string text) => Markup().Replace(JudgedText.Visible(text), "");

    private static Match? Last(Regex pattern, string text, Predicate<Match>? where = null)
    {
        Match? last = null;
        for (Match match = pattern.Match(text); match.Success; match = match.NextMatch())
        {
            if (where is null || where(match))
                last = match;
        }

        return last;
    }

    [GeneratedRegex(@"\*+|`+|__|^#+|\\boxed|\\text|\$|[{}\[\]""]", Options)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\bverdict\s*-?(?<nonce>[0-9a-f]{16})\s*[:=]\s*(?<rest>[^\n]{1,200})$", Options)]
    private static partial Regex MarkedLine();

    [GeneratedRegex("(" + Named + @"[^\n:=.]{0,40}?[:=]\s*|" + Named + @"\s+is\s+|\b(candidate|answer|solution|result|it)\s+is\s+)" + Word, Options)]
    private static partial Regex NamedWord();

    [GeneratedRegex("(" + Named + @"[^\n:=]{0,40}?[:=]\s*|" + Named + @"\s+(is|of)\s+|\b(rate|score|grade|give)s?\b[^\n.;:?\d]{0,40}\s(a\s+)?)" + Number, Options)]
    private static partial Regex NamedNumber();

    [GeneratedRegex(@"^\s*" + Word + @"[\s.!]*\z", Options & ~RegexOptions.Multiline)]
    private static partial Regex WholeWord();

    [GeneratedRegex(@"\A\s*" + Word, Options)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"\A\s*\(?" + Number, Options)]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"^\s*\(?" + Number + @"\)?[\s.!]*\z", Options & ~RegexOptions.Multiline)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"(?<![\d.,/-])(?<value>\d{1,4}(\.\d{1,6})?)\s*(/|out\s+of)\s*(?<max>5|10|20|100)(?![\d/]|\.\d)", Options)]
    private static partial Regex OutOf();
}
