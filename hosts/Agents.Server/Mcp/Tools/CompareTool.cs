using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Answers;
using Agents.Hosting.Operations;
using Agents.Reasoning;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>
/// Two things that people mean by comparing: whether given answers are the same value, which asks no model; and what several
/// strategies make of one question, side by side. The limits of the caller hold for all runs together, in equal parts.
/// </summary>
internal sealed class CompareTool(OperationPlanner planner, QuestionArguments arguments, RunService runs) : IMcpTool
{
    private const int MaxAnswers = 64;
    private const int MaxStrategies = 8;

    public Tool Description { get; } = new()
    {
        Name = "compare",
        Title = "Compare answers or strategies",
        Description = "With 'answers': says whether they denote the same value (1/2 = 0.5 = 50%), without asking a model. With 'question' and 'strategies': answers the question with each strategy and compares answers, votes and cost. Equal is true, false, or null where it cannot be decided.",
        InputSchema = Element(Object([],
        [
            ("answers", List($"Two to {MaxAnswers} answers, each the answer alone, to be compared.", Text("An answer."), least: 2)),
            ("strategies", List($"Two to {MaxStrategies} strategies to run on the question.", OneOf("A strategy.", StrategyCatalogue.Descriptions.Select(d => d.Name)), least: 2)),
            .. QuestionArguments.Asking(),
            ("samples", Whole("Solutions to sample, for every strategy that takes a number.", 1, 1000)),
            arguments.Model(),
        ])),
        OutputSchema = Element(Object(["equal", "groups"],
            ("equal", Nullable(ToolSchema.Flag("Whether all answers are the same; null where that cannot be decided."))),
            ("groups", List("The answers by value.", Object(["answer", "members"], ("answer", Text("The answer, as first given.")), ("members", List("Which answers, counted from 0.", Whole("A place.", 0, int.MaxValue)))))),
            ("runs", List("What each strategy made of the question, in the order of 'strategies'.", Object(["strategy", "answer", "confidence", "votes", "usage", "error"],
                ("strategy", Text("The strategy.")),
                ("answer", Nullable(Text("Its answer, or null."))),
                ("confidence", Nullable(Number("How sure it is, or null."))),
                ("votes", List("Its votes.", Open("An answer with its votes."))),
                ("usage", Open("Model calls, tokens and cost.")),
                ("error", Nullable(Text("Why it has no answer, or null.")))))))),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = false, OpenWorldHint = true },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        JsonElement? answers = Parameters.Find(call.Arguments, "answers"), strategies = Parameters.Find(call.Arguments, "strategies");
        if (answers is null == strategies is null)
            throw ApiException.Invalid("answers", "One of 'answers' and 'strategies' is needed.", "missing_parameter");
        return answers is { } given ? Answers(call.Arguments, given) : await StrategiesAsync(call, strategies!.Value);
    }

    private static JsonElement Answers(JsonElement arguments, JsonElement given)
    {
        Parameters.OnlyKnown(arguments, "", "answers", "expect", "question");
        AnswerKind expected = Parameters.Find(arguments, "expect") is { } kind && Enum.TryParse(Parameters.Text(kind, "expect"), ignoreCase: true, out AnswerKind known) ? known : AnswerKind.Any;
        Answer[] answers = [.. Texts(given, "answers", MaxAnswers).Select(a => Answer.Parse(a, expected))];
        return Content(new AnswerGroups(answers), null);
    }

    private async Task<JsonElement> StrategiesAsync(ToolCall call, JsonElement given)
    {
        string[] names = [.. Texts(given, "strategies", MaxStrategies)];
        CallerLimits share = Share(call.Caller.Limits, names.Length);
        // All are planned before the first is run: what cannot be run costs nothing.
        RunPlan[] plans = [.. names.Select(n => Plan(call, n, share))];
        ReasoningResult?[] results = new ReasoningResult?[plans.Length];
        await Task.WhenAll(plans.Select(async (plan, i) => results[i] = await runs.RunAsync(plan, call.Caller, null, call.Progress.Observe, call.CancellationToken)));
        return Content(new AnswerGroups([.. results.Select(r => r!.Answer)]), new JsonArray([.. results.Select((r, i) => Run(names[i], r!))]));
    }

    private RunPlan Plan(ToolCall call, string strategy, CallerLimits limits)
    {
        JsonObject body = QuestionArguments.Without(call.Arguments, "strategies");
        body["strategy"] = strategy;
        bool takesSamples = StrategyCatalogue.Descriptions.Any(d => d.Name == strategy) && StrategyCatalogue.SettingsOf(strategy).Any(s => s.Name == "samples");
        if (!takesSamples)
            body.Remove("samples");
        return planner.Plan(Operation.Reason, JsonElement.Parse(body.ToJsonString()), IdempotencyKey.NewRunId(), limits);
    }

    private static CallerLimits Share(CallerLimits limits, int count) => limits with
    {
        MaxCalls = Math.Max(1, limits.MaxCalls / count),
        MaxTokens = limits.MaxTokens is { } tokens ? Math.Max(1, tokens / count) : null,
        MaxCost = limits.MaxCost / count,
    };

    private static JsonObject Run(string strategy, ReasoningResult result)
    {
        // A run that failed is a row without an answer: the others stay comparable.
        var content = (JsonObject)JsonNode.Parse(SolutionContent.Of(Agents.Hosting.Results.ResultJson.Write(result), false).GetRawText())!;
        return new JsonObject
        {
            ["strategy"] = strategy,
            ["answer"] = content["answer"]?.DeepClone(),
            ["confidence"] = content["confidence"]?.DeepClone(),
            ["votes"] = content["votes"]!.DeepClone(),
            ["usage"] = content["usage"]!.DeepClone(),
            ["error"] = result.Answer is null ? RunFailure.Of(result).Message : null,
        };
    }

    private static JsonElement Content(AnswerGroups groups, JsonArray? ran) => JsonElement.Parse(Json.Text(json =>
    {
        json.WriteStartObject();
        if (groups.AreEqual is { } equal)
            json.WriteBoolean("equal", equal);
        else
            json.WriteNull("equal");
        json.WriteStartArray("groups");
        foreach ((Answer answer, List<int> members) in groups.Groups)
        {
            json.WriteStartObject();
            json.WriteString("answer", answer.Text);
            json.WriteStartArray("members");
            foreach (int member in members)
                json.WriteNumberValue(member);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (ran is not null)
        {
            json.WritePropertyName("runs");
            ran.WriteTo(json);
        }

        json.WriteEndObject();
    }));

    private static IEnumerable<string> Texts(JsonElement list, string name, int most)
    {
        int count = Parameters.Array(list, name).GetArrayLength();
        if (count < 2 || count > most)
            throw ApiException.Invalid(name, $"'{name}' must hold 2 to {most} items.");
        return list.EnumerateArray().Select((item, i) => Parameters.Text(item, $"{name}[{i}]"));
    }
}
