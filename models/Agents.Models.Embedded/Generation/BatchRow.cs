using Agents.Reasoning;

namespace Agents.Models.Embedded;

/// <summary>A row of a batch: the text being generated, and its keys and values.</summary>
internal sealed class BatchRow(int[] prompt, SamplingRules rules, SampleRandom random, Action<CallOutcome> finished) : GeneratedSample(prompt, rules, random, finished)
{
    /// <summary>Keys and values so far; set when the row joins a batch.</summary>
    public KeyValueSequence? Sequence { get; set; }
}
