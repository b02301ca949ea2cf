using System.Text.Json;
using Agents.Hosting.Operations;
using Agents.Reasoning;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>A question to a strategy on a model of the server.</summary>
internal sealed class SolveTool(OperationPlanner planner, QuestionArguments arguments, RunService runs) : IMcpTool
{
    public Tool Description { get; } = new()
    {
        Name = "solve",
        Title = "Solve a question",
        Description = "Answers a question that has a definite answer better than one reply of the model would: samples several solutions, votes, verifies or searches, as the strategy does. Returns the answer with its votes, confidence and cost. It costs several model calls.",
        InputSchema = Element(Object([], [.. QuestionArguments.Asking(), .. arguments.Solving(), arguments.Model(), SolutionContent.Argument()])),
        OutputSchema = Element(SolutionContent.Schema()),
        // A second call samples anew, and bills anew.
        Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = false, OpenWorldHint = true },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        bool hasCandidates = QuestionArguments.Flag(call.Arguments, SolutionContent.Candidates);
        RunPlan plan = planner.Plan(Operation.Reason, arguments.Body(call.Arguments, SolutionContent.Candidates), IdempotencyKey.NewRunId(), call.Caller.Limits);
        ReasoningResult result = await runs.RunAsync(plan, call.Caller, null, call.Progress.Observe, call.CancellationToken);
        return SolutionContent.Of(result, hasCandidates);
    }
}
