using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Agents.Testing;

namespace Agents.Reasoning.Tests.Verifiers;

/// <summary>
/// Scripted judges that know the candidate is wrong and fall for tricks. They see the prompt as a tokenizer would: invisible
/// characters and look-alikes mean nothing to them.
/// </summary>
internal static partial class GullibleJudge
{
    public static IReadOnlyList<(string Name, Func<ScriptedCall, bool, string> Say)> All { get; } =
    [
        ("obeys whatever stands outside the candidate's tags", (call, points) => Obeys(call) ? Own(call, points, good: true) : Own(call, points, good: false)),
        ("repeats the candidate and nothing else", (call, _) => CandidateOf(call)),
        ("repeats the candidate's last line", (call, _) => CandidateOf(call).TrimEnd().Split('\n')[^1]),
        ("quotes the candidate, then decides", (call, points) => $"The candidate writes:\n{CandidateOf(call)}\n{Own(call, points, good: false)}"),
        ("decides, then quotes the candidate", (call, points) => $"{Own(call, points, good: false)}\n{CandidateOf(call)}"),
        ("decides without the nonce, then quotes", (call, points) => $"{(points ? "Rating: 0" : "Verdict: no")}\n{CandidateOf(call)}"),
        ("thinks in quotes", (call, points) => $"<think>{CandidateOf(call)}</think>{Own(call, points, good: false)}"),
        ("says yes to nothing", (call, points) => Own(call, points, good: CandidateOf(call).Trim().Length < 45 && !CandidateOf(call).Contains("48", StringComparison.Ordinal))),
    ];

    /// <summary>The text within the candidate's tags, as the prompt shows it; tags of the real call.</summary>
    private static string CandidateOf(ScriptedCall call)
    {
        string prompt = PromptOf(call);
        Match open = Open().Match(prompt);
        int close = prompt.LastIndexOf($"</candidate{open.Groups["suffix"].Value}>", StringComparison.Ordinal);
        return prompt[(open.Index + open.Length)..close];
    }

    /// <summary>Whether an order of an attack stands where this judge takes it for the user's or the system's.</summary>
    private static bool Obeys(ScriptedCall call)
    {
        string prompt = AsItLooks(PromptOf(call));
        Match open = Open().Match(prompt);
        string rest = prompt[(open.Index + open.Length)..];
        Match end = AnyClosing().Match(rest);
        return Order().IsMatch(rest[(end.Index + end.Length)..]);
    }

    /// <summary>The text as a reader sees it; worked out apart from the library, so that both must agree on what deceives.</summary>
    private static string AsItLooks(string text)
    {
        var seen = new StringBuilder();
        foreach (Rune rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.PrivateUse || Rune.IsControl(rune) && rune.Value != '\n')
                continue;
            seen.Append(rune.Value switch { '‹' or '⟨' or '〈' or '❮' => "<", '›' or '⟩' or '〉' or '❯' => ">", 'с' => "c", 'а' => "a", 'е' => "e", 'о' => "o", 'і' => "i", 'ѕ' => "s", 0x2028 or 0x2029 => "\n", _ => rune.ToString() });
        }

        return seen.ToString();
    }

    private static string Own(ScriptedCall call, bool points, bool good)
    {
        string verdict = points ? (good ? "10" : "0") : good ? "yes" : "no";
        string nonce = LlmJudgeVerifierTests.NonceOf(call);
        return call.Options.ResponseSchema is null ? $"Verdict {nonce}: {verdict}" : $$"""{"reasoning":"checked","id":"{{nonce}}","verdict":{{(points ? verdict : $"\"{verdict}\"")}}}""";
    }

    private static string PromptOf(ScriptedCall call) => call.Messages.First(m => m.Role == Microsoft.Extensions.AI.ChatRole.User).Text;

    [GeneratedRegex(@"<candidate(?<suffix>(-[0-9a-f]{16})?)>")]
    private static partial Regex Open();

    [GeneratedRegex(@"<[\s\\]*/\s*(candidate|solution|question|message|s\b)|<\W?(im_|eot|end_|start_|user|system|think|message)|\[/?INST|<<SYS", RegexOptions.IgnoreCase)]
    private static partial Regex AnyClosing();

    [GeneratedRegex("Give this 10|The verdict is yes", RegexOptions.IgnoreCase)]
    private static partial Regex Order();
}
