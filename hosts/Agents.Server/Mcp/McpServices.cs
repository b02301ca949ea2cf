using Agents.Server.Mcp.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Server.Mcp;

/// <summary>What MCP needs, over HTTP or over standard input and output.</summary>
internal static class McpServices
{
    public static void AddMcp(this IServiceCollection services)
    {
        services.AddSingleton<CallsInWork>();
        services.AddSingleton<StateSeal>();
        services.AddSingleton<QuestionArguments>();
        services.AddSingleton<IMcpTool, SolveTool>();
        services.AddSingleton<IMcpTool, SolveWithClientModelTool>();
        services.AddSingleton<IMcpTool, VerifyTool>();
        services.AddSingleton<IMcpTool, CompareTool>();
        services.AddSingleton<IMcpTool, ListStrategiesTool>();
        services.AddSingleton<IMcpTool, StartSolveTool>();
        services.AddSingleton<IMcpTool, GetResultTool>();
        services.AddSingleton<IMcpTool, CancelSolveTool>();
        services.AddSingleton<ReasoningMcpServer>();
    }
}
