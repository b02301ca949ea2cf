using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Models.Embedded.Tests.Shipped;

/// <summary>The shipped tokenizer reads as its Python twin does, in which the training data was written.</summary>
public sealed class ShippedTokenizerTests
{
    // Prompts whose instruction sentences the model was trained on, with a piece of each.
    public static TheoryData<string> Sentences =>
    [
        "Give only the final answer, inside", "Let's think step by step.", "When you are done, write the final answer inside",
        "1. Task analysis: what is asked, what is given, what is unknown, which form the answer must have.",
        "You are a strict examiner. What stands between tags that end in -",
        "Think first, then end with one line of exactly this form, with yes or no in place of X:",
        "Write the whole solution anew, step by step. Correct what the findings show to be wrong, and keep what is right. End with the final answer on a line of its own, inside",
    ];

    [Theory, MemberData(nameof(Sentences))]
    public void SentencesOfTheShippedPrompts_AreOneToken(string sentence)
    {
        Assert.Contains(PromptCatalogue.Names.Select(n => PromptCatalogue.Shipped.ReadFile(n + "/skprompt.txt")), text => text.Contains(sentence, StringComparison.Ordinal));
        Assert.Single(Encode(sentence));
    }

    [Fact]
    public void EveryFixture_HasTheIdsOfTheTwin()
    {
        int seen = 0;
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "tests/Agents.Models.Embedded.Tests/Shipped/tokens.jsonl")))
        {
            using var fixture = JsonDocument.Parse(line);
            string text = fixture.RootElement.GetProperty("text").GetString()!;
            Assert.Equal(fixture.RootElement.GetProperty("ids").EnumerateArray().Select(i => i.GetInt32()), Encode(text));
            seen++;
        }

        Assert.True(seen >= 150);
    }

    private static int[] Encode(string text)
    {
        var tokens = new List<int>();
        EmbeddedModel.LoadShipped().Tokenizer.Encode(text, tokens);
        return [.. tokens];
    }
}
