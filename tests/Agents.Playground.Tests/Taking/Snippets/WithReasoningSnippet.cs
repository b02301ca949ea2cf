using Agents.Models.Embedded;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Playground.Tests.Taking.Snippets;

/// <summary>What the playground gives to copy for Microsoft.Extensions.AI.</summary>
internal static class WithReasoningSnippet
{
    public static async Task<string> RunAsync()
    {
        // begin
        IChatClient client = EmbeddedModel.LoadShipped().CreateChatClient();
        IChatClient better = client.WithReasoning(
            "verified-consistency",
            new StrategySettings { Samples = 8, Verifier = VerifierCatalogue.Create("arithmetic") },
            new RunOptions { Seed = 1, Limits = new BudgetLimits { Calls = 40 } });
        ChatResponse response = await better.GetResponseAsync("123 x 456 =");
        // end
        return response.Text;
    }
}
