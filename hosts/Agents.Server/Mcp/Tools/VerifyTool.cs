using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Operations;
using Agents.Hosting.Results;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>A verifier's verdict on one solution: a score or an abstention.</summary>
internal sealed class VerifyTool(OperationPlanner planner, QuestionArguments arguments, RunService runs) : IMcpTool
{
    private const string DefaultVerifier = "llm-judge";

    public Tool Description { get; } = new()
    {
        Name = "verify",
        Title = "Verify a solution",
        Description = "Judges a solution, or an answer alone, to a question. The verdict is a score from 0 (wrong) to 1 (right), or an abstention, which is neither. The verifier 'arithmetic' recomputes every written calculation and asks no model.",
        InputSchema = Element(Object([],
        [
            .. QuestionArguments.Asking(),
            ("solution", Text("The solution to judge, with its steps. One of 'solution' and 'answer' is needed.")),
            ("answer", Text("The answer to judge, where there are no steps, or where the solution does not state it.")),
            ("verifier", OneOf($"Who judges. Default: {DefaultVerifier}. {string.Join(" ", VerifierCatalogue.Descriptions.Select(v => $"{v.Name}: {v.Idea}"))}", VerifierCatalogue.Descriptions.Select(v => v.Name))),
            arguments.Model(),
        ])),
        OutputSchema = Element(Object(["score", "abstained", "verifier", "rationale", "answer", "usage"],
            ("score", Nullable(Number("0 (wrong) to 1 (right); null where the verifier abstained."))),
            ("abstained", ToolSchema.Flag("Whether there is no verdict.")),
            ("verifier", Text("Who judged.")),
            ("rationale", Nullable(Text("Why."))),
            ("answer", Nullable(Text("The answer that was read from the solution."))),
            ("usage", Open("Model calls, tokens and cost.")))),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = false, OpenWorldHint = true },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        JsonObject body = QuestionArguments.Without(call.Arguments, "solution", "answer");
        var given = new JsonObject();
        foreach ((string name, string field) in (ReadOnlySpan<(string, string)>)[("solution", "text"), ("answer", "answer")])
        {
            if (Parameters.Find(call.Arguments, name) is { } value)
                given[field] = Parameters.Text(value, name);
        }

        if (given.Count == 0)
            throw ApiException.Invalid("solution", "One of 'solution' and 'answer' is needed.", "missing_parameter");
        body["candidates"] = new JsonArray(given);
        body["verifier"] ??= DefaultVerifier;
        RunPlan plan = planner.Plan(Operation.Verify, JsonElement.Parse(body.ToJsonString()), IdempotencyKey.NewRunId(), call.Caller.Limits);
        ReasoningResult result = await runs.RunAsync(plan, call.Caller, null, call.Progress.Observe, call.CancellationToken);
        return Content(result, body["verifier"]!.ToString());
    }

    private static JsonElement Content(ReasoningResult result, string verifier)
    {
        Candidate? candidate = result.Candidates.Count > 0 ? result.Candidates[0] : null;
        Verdict? verdict = candidate?.Verdicts is [var first, ..] ? first : null;
        var usage = JsonNode.Parse(ResultJson.Write(result))!["usage"]!;
        return JsonElement.Parse(Json.Text(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("score", verdict?.Score);
            json.WriteBoolean("abstained", verdict?.Score is null);
            json.WriteString("verifier", verdict?.Verifier ?? verifier);
            json.WriteString("rationale", verdict is null ? result.Failure : verdict.Rationale);
            json.WriteString("answer", candidate?.Answer?.Text);
            json.WritePropertyName("usage");
            usage.WriteTo(json);
            json.WriteEndObject();
        }));
    }
}
