using System.Text.Json;
using Agents.Models.Embedded;

namespace Agents.Cli.Tests;

public sealed class EmbeddedModelTests
{
    [Fact]
    public async Task Solve_NoModelNamed_UsesTheShippedOneOrSaysThatThereIsNone()
    {
        (int code, string output, string error) = await Cli.RunAsync("solve", "Calculate 3 + 4.", "--samples", "4", "--max-tokens", "60", "--json");

        if (!EmbeddedModel.IsShipped)
        {
            Assert.Equal(2, code);
            Assert.Contains("This build carries no embedded model. Use --model embedded:DIR", error, StringComparison.Ordinal);
            return;
        }

        Assert.Contains(code, new[] { 0, 3 });
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("usage").GetProperty("model_calls").GetInt32(), 1, 4);
    }
}
