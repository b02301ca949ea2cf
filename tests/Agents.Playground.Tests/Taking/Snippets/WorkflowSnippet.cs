using Agents.Models.Embedded;
using Agents.Reasoning;
using Agents.Reasoning.Workflows;
using Microsoft.Extensions.AI;

namespace Agents.Playground.Tests.Taking.Snippets;

/// <summary>What the playground gives to copy for a strategy with settings of its own.</summary>
internal static class WorkflowSnippet
{
    public static async Task<string> RunAsync()
    {
        // begin
        IChatClient client = EmbeddedModel.LoadShipped().CreateChatClient();
        IChatClient better = client.WithReasoning(
            WorkflowDocument.Parse("""{"strategy":"adaptive-consistency","samples":8,"threshold":0.9}""").Build(),
            new RunOptions { Seed = 1, Limits = new BudgetLimits { Calls = 40 } });
        ChatResponse response = await better.GetResponseAsync("123 x 456 =");
        // end
        return response.Text;
    }
}
