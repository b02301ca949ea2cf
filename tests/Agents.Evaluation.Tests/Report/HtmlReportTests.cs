using System.Text.Json;
using System.Text.RegularExpressions;

namespace Agents.Evaluation.Tests;

public sealed partial class HtmlReportTests
{
    private const string Hostile = "</script><script>alert('x')</script><!-- <b onclick=\"y\">&amp; {{script}} \u2028 ½";

    [Fact]
    public async Task Write_HostileTextEverywhere_StaysText()
    {
        EvaluationPlan plan = MadeUp.Plan(3);
        EvaluationItem item = new(Hostile, Hostile, Hostile, [new(Hostile, Hostile, true), new(Hostile, Hostile, false)]);
        plan = plan with
        {
            Data = plan.Data with { Name = Hostile, Items = [item] },
            Command = Hostile,
            ModelName = Hostile,
            Strategies = [new EvaluatedStrategy(Hostile, new MajorityOf(2)), new EvaluatedStrategy("<i>", new MajorityOf(1))],
        };
        string page = Render(await new Evaluator().RunAsync(plan));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b onclick", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.Equal(Count(page, "<script"), Count(page, "</script>"));
        JsonElement question = Json(page, "index").GetProperty("questions")[0];
        Assert.Equal(Hostile, question.GetProperty("q").GetString());
        Assert.Equal(Hostile, Json(page, "chunk-0")[0][0].GetProperty("t").GetString());
    }

    [Fact]
    public async Task Write_AnyOutcome_NeedsNothingFromElsewhere()
    {
        string page = Render(await new Evaluator().RunAsync(MadeUp.Plan(12)));
        Assert.DoesNotMatch(Outside(), page);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Contains("McNemar", page, StringComparison.Ordinal);
        Assert.Contains("agents eval made-up --strategy majority", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Incomplete.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_CandidatesThatStrategiesShare_StandOnce()
    {
        string page = Render(await new Evaluator().RunAsync(MadeUp.Plan(90)));
        JsonElement candidates = Json(page, "chunk-2")[9];
        Assert.Equal(5, candidates.GetArrayLength());
        Assert.Equal([0, 1], candidates[0].GetProperty("by").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal([1], candidates[4].GetProperty("by").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(90, Json(page, "index").GetProperty("questions").GetArrayLength());
    }

    [Fact]
    public async Task Write_PartialOrEmptyOutcome_SaysThatItIsIncomplete()
    {
        EvaluationOutcome whole = await new Evaluator().RunAsync(MadeUp.Plan(10));
        Assert.Contains("7 of 20 runs are finished", Render(whole with { Records = [.. whole.Records.Take(7)] }), StringComparison.Ordinal);
        Assert.Contains("0 of 20 runs are finished", Render(whole with { Records = [] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_VeryLongText_IsCutAndSaysSo()
    {
        EvaluationPlan plan = MadeUp.Plan(1);
        EvaluationItem item = plan.Data.Items[0] with { Samples = [new(new string('x', 30_000), "0", true), .. plan.Data.Items[0].Samples.Skip(1)] };
        string page = Render(await new Evaluator().RunAsync(plan with { Data = plan.Data with { Items = [item] } }));
        Assert.Contains("Texts are cut to 20,000 characters", page, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 20_001), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_HolesInMarkup_AreEscapedUnlessTheyAreMarkup() =>
        Assert.Equal("<p title='a &amp; b'>1.50 &lt;b&gt; <b>c</b></p>", Markup.Of($"<p title='{"a & b"}'>{1.5:0.00} {"<b>"} {Markup.Of($"<b>{"c"}</b>")}</p>").Text);

    private static string Render(EvaluationOutcome outcome)
    {
        using var writer = new StringWriter();
        HtmlReport.Write(writer, outcome, SummaryBuilder.Build(outcome), DateTimeOffset.UnixEpoch);
        return writer.ToString();
    }

    private static JsonElement Json(string page, string id) =>
        JsonDocument.Parse(Regex.Match(page, $"<script type=\"application/json\" id=\"{id}\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value).RootElement;

    private static int Count(string page, string part) => Regex.Count(page, Regex.Escape(part));

    [GeneratedRegex("""(src|href)\s*=\s*["'](?!#|data:)|@import|url\(\s*["']?(?!data:)|https?://""")]
    private static partial Regex Outside();
}
