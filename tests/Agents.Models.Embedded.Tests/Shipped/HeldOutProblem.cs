using System.Text.Json;

namespace Agents.Models.Embedded.Tests.Shipped;

/// <summary>One of the problems that training never saw, from <c>models/training/held-out.jsonl</c>.</summary>
internal sealed record HeldOutProblem(string Id, string Question, string Gold, string Family, int Level, string Set)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<HeldOutProblem> All { get; } =
        [.. File.ReadLines(Repository.File("models/training/held-out.jsonl")).Select(line => JsonSerializer.Deserialize<HeldOutProblem>(line, json)!)];
}
