using System.Text.Json;
using Agents.Answers;
using Agents.Hosting.Pictures;
using Agents.Reasoning;

namespace Agents.Hosting.Tests.Pictures;

public sealed class RunPictureTests
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)> <!-- {{events}} {{script}} ]]> \u2028 \"' & ‮";

    [Fact]
    public void HostileText_StaysData()
    {
        string page = Page(Hostile, Events(Hostile));
        Assert.Equal(3, Count(page, "</script>"));
        Assert.Equal(3, Count(page, "<script"));
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        JsonElement[] events = [.. EventsOf(page).EnumerateArray()];
        Assert.Equal(Hostile, events.Single(e => e.GetProperty("type").GetString() == "node_changed").GetProperty("text").GetString());
    }

    [Fact]
    public void Script_NeverSetsMarkup()
    {
        foreach (string way in new[] { "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function" })
            Assert.DoesNotContain(way, RunPicture.Script, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_LoadsNothing()
    {
        string page = Page("q", Events("text"));
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_StandOnceAndLogProbabilitiesNotAtAll()
    {
        string page = Page("q", Events("a-text-to-count"));
        Assert.Equal(2, Count(page, "a-text-to-count"));
        Assert.DoesNotContain("log_probability", page, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordedResultAlone_KeepsItsCandidates() =>
        Assert.Contains("a-text-to-count", Page("q", [Events("a-text-to-count")[^1]]), StringComparison.Ordinal);

    private static List<ReasoningEvent> Events(string text)
    {
        var outcome = CallOutcome.FromText(text, new CallUsage(5, 7)) with { LogProbabilities = [new("x", -1, [])] };
        var candidate = new Candidate(0, new Sample(0, "|solver|00#0", outcome), Answer.Parse("1"));
        var result = new ReasoningResult { Strategy = "beam-search", StopReason = StopReason.Completed, Answer = candidate.Answer, Selected = candidate, Candidates = [candidate] };
        return
        [
            new RunStarted("run", "beam-search", 0),
            new CallFinished("|solver|00#0", "solver", outcome, 12),
            new NodeChanged("/step#0", NodeState.Finished) { Parent = "", Text = text, Candidate = 0 },
            new CandidateAdded(candidate),
            new VoteChanged("1", 1, 1, 1),
            new RunCompleted(result),
        ];
    }

    private static string Page(string title, List<ReasoningEvent> events)
    {
        var writer = new StringWriter();
        RunPicture.Write(writer, title, events);
        return writer.ToString();
    }

    private static JsonElement EventsOf(string page)
    {
        const string open = "id=\"events\">";
        int start = page.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]).RootElement;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
