using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning.Verifiers;

namespace Agents.Distillation.Tests.Formats;

public sealed class FormatTests
{
    private static readonly string right = "<think><step>6*7=42</step><step>42+1=43</step></think><answer>43</answer>";
    private static readonly string slipped = "<think><step>6*7=42</step><step>42+1=44</step></think><answer>44</answer>";
    private static readonly string lost = "<think><step>6+7=13</step></think><answer>13</answer>";

    private static async Task<TrainingQuestion> Question() => await new Pipeline([new CorrectStep()]).RunAsync(Made.Question("q", "43", right, slipped, lost));

    private static async Task<TrainingQuestion> Labelled() => await new Pipeline([new RolloutStep(new TeacherModel(StepLabels.Walk.Model(5)), 2), new CorrectStep()])
        .RunAsync(Made.Question("q", "5", StepLabels.Walk.Solution(5, -1), StepLabels.Walk.Solution(5, 3)));

    public static TheoryData<string> Formats => [.. TrainingFormat.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Rows_OfEveryFormat_AreValidByItsSchema(string name)
    {
        TrainingFormat format = TrainingFormat.Find(name)!;
        JsonSchema schema = JsonSchema.Parse(format.Schema, format.SchemaName);
        TrainingQuestion question = name is "step-values" or "trl-dpo-steps" ? await Labelled() : await Question();
        foreach (FormatOptions options in new FormatOptions[] { new(), new() { System = "Think.", Style = CompletionStyle.ThinkAnswer } })
        {
            TrainingRow[] rows = [.. format.RowsOf(question, options)];
            Assert.NotEmpty(rows);
            foreach (TrainingRow row in rows)
            {
                using JsonDocument json = JsonDocument.Parse(row.Json.ToJsonString());
                Assert.Null(schema.ProblemOf(json.RootElement));
            }
        }
    }

    [Fact]
    public async Task Preference_Pairs_TheRightWithTheWrong()
    {
        TrainingRow row = Assert.Single(TrainingFormat.Find("trl-dpo")!.RowsOf(await Question()));
        Assert.Equal(right, (string?)row.Json["chosen"]![0]!["content"]);
        Assert.Equal(slipped, (string?)row.Json["rejected"]![0]!["content"]);
        Assert.Equal(2, row.Traces.Count);
    }

    [Fact]
    public async Task StepLabels_EndAtTheFirstError()
    {
        JsonObject[] rows = [.. TrainingFormat.Find("trl-prm")!.RowsOf(await Question()).Select(r => r.Json)];
        // The third solution has no wrong calculation: where it fails is not known, so it is left out.
        Assert.Equal(["[true,true]", "[true,false]"], rows.Select(r => r["labels"]!.ToJsonString()));
        Assert.Equal("42+1=44", (string?)rows[1]["completions"]![1]);
    }

    [Fact]
    public async Task StepLabels_ByRollouts_TakeThePlaceOfArithmetic_AndSoftLabelsCarryTheirCounts()
    {
        JsonObject[] rows = [.. TrainingFormat.Find("trl-prm")!.RowsOf(await Labelled()).Select(r => r.Json)];
        Assert.Equal(["[true,true,true,true,true]", "[true,true,true,false,false]"], rows.Select(r => r["labels"]!.ToJsonString()));
        JsonObject soft = TrainingFormat.Find("step-values")!.RowsOf(await Labelled()).Last().Json;
        Assert.Equal(("[1,1,1,0,0]", "[2,2,2,2,2]"), (soft["values"]!.ToJsonString(), soft["of"]!.ToJsonString()));
        Assert.InRange((double)soft["high"]![4]!, .6, .7);
    }

    [Fact]
    public async Task SelfCorrection_HoldsOneWrongStep_NoticesIt_AndEndsRight()
    {
        TrainingRow row = Assert.Single(TrainingFormat.Find("self-correction")!.RowsOf(await Question()));
        string text = (string)row.Json["messages"]![1]!["content"]!;
        Assert.Equal("<think><step>6*7=42</step><step>42+1=44</step><step>wait, 42+1 is not right; go back</step><step>42+1=43</step></think><answer>43</answer>", text);
        JsonArray span = row.Json["masked_spans"]![0]!.AsArray();
        Assert.Equal("<step>42+1=44</step>", text[(int)span[0]!..(int)span[1]!]);
        Assert.Equal(1, ArithmeticVerifier.Calculations(text).Count(c => !c.IsRight));
    }

    [Theory]
    [InlineData("self-correction", 1)]
    [InlineData("trl-prm", 2)]
    public async Task StepFormats_OfRepeatedSamples_DoNotRepeatRows(string format, int rows)
    {
        TrainingQuestion question = await new Pipeline([new CorrectStep()]).RunAsync(Made.Question("q", "43", right, slipped, slipped, right, slipped));
        Assert.Equal(rows, TrainingFormat.Find(format)!.RowsOf(question).Count());
    }

    [Fact]
    public async Task ThinkAnswerStyle_PutsFreeTextIntoTheForm()
    {
        TrainingQuestion question = await new Pipeline([new CorrectStep()]).RunAsync(Made.Question("q", "43", "6*7=42, and one more is 43. The answer is 43."));
        TrainingRow row = Assert.Single(TrainingFormat.Find("trl-messages")!.RowsOf(question, new() { Style = CompletionStyle.ThinkAnswer }));
        Assert.Equal("<think>6*7=42, and one more is 43. The answer is 43.</think><answer>43</answer>", (string?)row.Json["messages"]![1]!["content"]);
    }
}
