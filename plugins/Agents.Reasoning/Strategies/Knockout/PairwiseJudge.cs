namespace Agents.Reasoning.Strategies;

/// <summary>
/// Compares two candidates in both orders, since a judge favours a position (Zheng et al. 2023, arXiv:2306.05685). Only a
/// preference that survives the exchange counts; disagreement, an unreadable reply and a failed call are a tie.
/// Calls: 2. Critical path: 1.
/// </summary>
internal sealed class PairwiseJudge(PromptTemplate compare, SampleOptions sampling, int maxLength)
{
    private const string Marker = "better response";

    /// <summary>+1 when the first is preferred in both orders, −1 when the second is, else 0.</summary>
    public async Task<int> CompareAsync(ReasoningContext context, ReasoningRequest request, Candidate first, Candidate second)
    {
        int[] said = await Task.WhenAll(AskAsync(context, request, first, second), AskAsync(context, request, second, first));
        return said[0] == -said[1] ? said[0] : 0;
    }

    /// <summary>The preference a reply states at its end: +1 for response 1, −1 for response 2, 0 for a tie or nothing readable.</summary>
    public static int Read(string text)
    {
        text = ThinkingText.SetAside(text);
        int at = text.LastIndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        ReadOnlySpan<char> after = text.AsSpan(at + Marker.Length).TrimStart(" \t*_:`\"'");
        if (after.StartsWith("response ", StringComparison.OrdinalIgnoreCase))
            after = after["response ".Length..];
        if (after.Length == 0 || (after.Length > 1 && char.IsAsciiDigit(after[1])))
            return 0;
        return after[0] switch { '1' => 1, '2' => -1, _ => 0 };
    }

    private async Task<int> AskAsync(ReasoningContext context, ReasoningRequest request, Candidate shownFirst, Candidate shownSecond)
    {
        var messages = compare.Render([], ("input", request.Question), ("first", Shown(shownFirst)), ("second", Shown(shownSecond)));
        try
        {
            return Read((await context.JudgeAsync(Roles.Judge, messages, sampling)).Text);
        }
        catch (ModelCallException)
        {
            return 0;
        }
    }

    private string Shown(Candidate candidate)
    {
        string text = Drafting.Shown(candidate);
        return text.Length <= maxLength ? text : "…" + text[^maxLength..];
    }
}
