namespace Agents.Reasoning.Sqlite.Writer;

/// <summary>What this process writes, so that a test knows what to find.</summary>
public static class Written
{
    private static readonly string padding = new('x', 2000);

    /// <summary>The header of a run.</summary>
    public static RunHeader Header(string run) => new(run, "strategy", "fingerprint", "input", "options");

    /// <summary>The entry at a place.</summary>
    public static JournalEntry Entry(int seq) => new($"key {seq}", CallOutcome.FromText($"{seq} {padding}"), seq);

    /// <summary>The sample of a number.</summary>
    public static KeyValuePair<SampleKey, CallOutcome> Sample(int number) =>
        new(new SampleKey("model", $"prompt {number / 8}", 42, number % 8), CallOutcome.FromText($"sample {number}"));
}
