#pragma warning disable MCP9005 // Sampling is deprecated, and there is nothing else by which a client lends its model.
using System.Text.Json;
using Agents.Reasoning;
using ModelContextProtocol.Protocol;
using static Agents.Server.Mcp.Tools.ToolSchema;

namespace Agents.Server.Mcp.Tools;

/// <summary>
/// A question to a strategy on the client's own model. Clients of the revision without a handshake carry the run in rounds; an
/// older client that offers sampling on an open connection is asked while the call runs.
/// </summary>
internal sealed class SolveWithClientModelTool(QuestionArguments arguments, StateSeal seal, RunService runs, ServerOptions options, TimeProvider time) : IMcpTool
{
    private const string MaxRounds = "max_rounds";
    private readonly ClientRounds rounds = new(seal, runs, time);

    public Tool Description { get; } = new()
    {
        Name = "solve_with_client_model",
        Title = "Solve a question with the client's model",
        Description = "What 'solve' does, with your own model in place of the server's: the client is asked to sample, all independent calls of a round together. Needs a client that offers sampling; without it use 'solve'.",
        InputSchema = Element(Object([],
        [
            .. QuestionArguments.Asking(),
            .. arguments.Solving(),
            (MaxRounds, Whole($"Rounds after which the run ends with what it has: a client may do no more. Voting needs 1, most others 2 to 6. Default: {options.Mcp.MaxRounds}.", 1, 1000)),
            SolutionContent.Argument(),
        ])),
        OutputSchema = Element(SolutionContent.Schema()),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = false, OpenWorldHint = true },
    };

    public async Task<JsonElement> CallAsync(ToolCall call)
    {
        JsonElement body = arguments.Body(call.Arguments, SolutionContent.Candidates, MaxRounds);
        RunQuestion question = ReasonRequest.Read(body, options.MaxMessages);
        if (question.Model is not null)
            throw ApiException.Invalid("model", "The model is the client's: 'model' cannot be named here. 'solve' takes one.");
        // The client pays for its model; what the server limits is calls, samples and time.
        CallerLimits limits = call.Caller.Limits with { MaxCost = null };
        bool hasCandidates = QuestionArguments.Flag(call.Arguments, SolutionContent.Candidates);
        JsonRpcMessageContext? context = call.Request.JsonRpcRequest.Context;
        ClientCapabilities? capabilities = context?.ClientCapabilities ?? call.Request.Server.ClientCapabilities;
        if (capabilities?.Sampling is null)
            throw new ApiException(400, "invalid_request_error", "This client offers no model to sample from: it declares no 'sampling', or it is of a revision before 2026-07-28 over HTTP, where a server cannot ask back. Use 'solve', which runs on the server's model.", null, "no_client_model");
        if (McpProtocol.StandsAlone(context?.ProtocolVersion ?? call.Request.Server.NegotiatedProtocolVersion))
        {
            int most = Parameters.Find(call.Arguments, MaxRounds) is { } given ? (int)Parameters.Integer(given, MaxRounds, 1, 1000) : options.Mcp.MaxRounds;
            ServedModel carried = ClientModelSampler.Served(new ClientModelSampler());
            return SolutionContent.Of(rounds.Advance(Description.Name, call.Caller, call.Request.Params, most, id => RunPlanner.Plan(question, carried, id, limits), call.Progress.Observe), hasCandidates);
        }

        ServedModel asked = ClientModelSampler.Served(new ChatClientSampler(call.Request.Server.AsSamplingChatClient()));
        RunPlan plan = RunPlanner.Plan(question, asked, IdempotencyKey.NewRunId(), limits);
        return SolutionContent.Of(await runs.RunAsync(plan, call.Caller, null, call.Progress.Observe, call.CancellationToken), hasCandidates);
    }
}
