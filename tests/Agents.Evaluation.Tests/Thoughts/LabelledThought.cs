using System.Text.Json;
using Agents.Testing;

namespace Agents.Evaluation.Tests.Thoughts;

/// <summary>A sentence with what it does, as we label it.</summary>
internal sealed record LabelledThought(string Text, IReadOnlyList<ThoughtBehaviour> Labels, string Style, string Part)
{
    /// <summary>Our set, written for this project: <c>rules</c> was in view when the rules were written, <c>held-out</c> was written after them and changed nothing.</summary>
    public static IReadOnlyList<LabelledThought> All { get; } =
    [
        .. File.ReadLines(RepositoryRoot.At("tests", "Agents.Evaluation.Tests", "Thoughts", "labelled-thoughts.jsonl")).Select(line =>
        {
            JsonElement row = JsonElement.Parse(line);
            return new LabelledThought(
                row.GetProperty("text").GetString()!,
                [.. row.GetProperty("labels").EnumerateArray().Select(l => Enum.Parse<ThoughtBehaviour>(l.GetString()!, ignoreCase: true))],
                row.GetProperty("style").GetString()!,
                row.GetProperty("part").GetString()!);
        }),
    ];
}
