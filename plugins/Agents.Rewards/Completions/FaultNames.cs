using System.Text.Json;

namespace Agents.Rewards;

/// <summary>Faults by the names that stand in documents and results: <c>several_answers</c>.</summary>
internal static class FaultNames
{
    private static readonly (CompletionFaults Fault, string Name)[] all =
        [.. Enum.GetValues<CompletionFaults>().Where(f => f != CompletionFaults.None).Select(f => (f, JsonNamingPolicy.SnakeCaseLower.ConvertName(f.ToString())))];

    public static IEnumerable<string> All => all.Select(a => a.Name);

    public static string Of(CompletionFaults faults) => string.Join(", ", Each(faults));

    public static IEnumerable<string> Each(CompletionFaults faults) => all.Where(a => (faults & a.Fault) != 0).Select(a => a.Name);

    public static CompletionFaults? Parse(string name) => all.FirstOrDefault(a => a.Name == name) is (not CompletionFaults.None, _) found ? found.Fault : null;
}
