using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Agents.Server.Mcp;

/// <summary>What the server is to MCP clients, whichever way they come: its tools, its prompts, and the one place where errors of tools become results. Thread-safe.</summary>
internal sealed class ReasoningMcpServer
{
    private const string Instructions = "Tools that make a language model reason better: they sample several solutions, vote, verify and search. "
        + "Call 'solve' for a question with a definite answer; 'solve_with_client_model' does the same with your own model; 'verify' judges a solution; 'compare' says whether answers are the same; 'list_strategies' tells what there is.";

    private readonly Dictionary<string, IMcpTool> tools;
    private readonly ListToolsResult listed;
    private readonly ILogger<ReasoningMcpServer> log;
    private static readonly Implementation implementation = new()
    {
        Name = "agents",
        Title = "Agents: reasoning strategies",
        Version = typeof(ReasoningMcpServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
    };

    public ReasoningMcpServer(IEnumerable<IMcpTool> tools, ILogger<ReasoningMcpServer> log)
    {
        this.log = log;
        this.tools = tools.ToDictionary(t => t.Description.Name, StringComparer.Ordinal);
        listed = new ListToolsResult { Tools = [.. this.tools.Values.Select(t => t.Description)] };
    }

    /// <summary>The options of a connection, or of one request.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="ended">Is cancelled when the client has gone.</param>
    /// <param name="entersCalls">Whether each call takes its place among the caller's requests here, because nobody did before.</param>
    public McpServerOptions OptionsFor(Caller caller, CancellationToken ended, bool entersCalls = false)
    {
        McpServerOptions options = Handling(caller, entersCalls, ended);
        options.Filters.Message.IncomingFilters.Add(McpParameterReview.Filter);
        return options;
    }

    private McpServerOptions Handling(Caller caller, bool entersCalls, CancellationToken ended) => new()
    {
        ServerInfo = implementation,
        ServerInstructions = Instructions,
        ScopeRequests = false,
#pragma warning disable MCP9005 // Sampling is deprecated, and there is nothing else by which an older client lends its model.
        MaxSamplingOutputTokens = ClientCalls.MaxTokens,
#pragma warning restore MCP9005
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(listed),
            CallToolHandler = (request, cancelled) => CallAsync(request, caller, entersCalls, ended, cancelled),
            ListPromptsHandler = (_, _) => ValueTask.FromResult(McpPrompts.List),
            GetPromptHandler = (request, _) => ValueTask.FromResult(McpPrompts.Get(request.Params)),
        },
    };

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, Caller caller, bool enters, CancellationToken ended, CancellationToken cancelled)
    {
        if (!tools.TryGetValue(request.Params.Name, out IMcpTool? tool))
            throw new McpProtocolException($"There is no tool '{Parameters.Shown(request.Params.Name)}'. There are: {string.Join(", ", tools.Keys)}.", McpErrorCode.InvalidParams);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ended, cancelled);
        try
        {
            using Caller.Place? place = enters ? caller.Enter() : null;
            await using ProgressReport progress = ProgressReport.Of(request, both.Token);
            JsonElement content = await tool.CallAsync(new ToolCall(ArgumentsOf(request.Params), caller, request, progress, both.Token));
            return new CallToolResult { Content = [new TextContentBlock { Text = content.GetRawText() }], StructuredContent = content };
        }
        catch (ApiException e)
        {
            return Error(e.Message);
        }
        catch (Exception e) when (e is not (InputRequiredException or McpProtocolException) && !(e is OperationCanceledException && both.IsCancellationRequested))
        {
            // The message stays out: it may repeat what a request or a configuration said.
            string id = IdempotencyKey.NewRunId();
            log.LogError("Tool call {CallId} of {Tool} failed with {ErrorType} at {Stack}", id, tool.Description.Name, e.GetType().FullName, e.StackTrace);
            return Error($"The server failed; its log says more under {id}.");
        }
    }

    private static CallToolResult Error(string message) => new() { Content = [new TextContentBlock { Text = message }], IsError = true };

    private static JsonElement ArgumentsOf(CallToolRequestParams parameters) => JsonElement.Parse(Json.Text(json =>
    {
        json.WriteStartObject();
        foreach ((string name, JsonElement value) in parameters.Arguments ?? new Dictionary<string, JsonElement>())
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }));
}
