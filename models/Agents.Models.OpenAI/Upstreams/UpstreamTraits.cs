using System.Collections.Immutable;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>What one model at one upstream turned out to do, learnt from its replies and shared by all its samplers. Thread-safe.</summary>
internal sealed class UpstreamTraits
{
    private readonly Lock sync = new();
    private ImmutableSortedSet<string> refused = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    private ImmutableList<string> notes = [];
    private string? tokenLimit;
    private int? maxChoices;
    private bool? logProbabilities;
    private bool? usage;
    private volatile ProbeReport? report;

    /// <summary>What a reader should know, in the order it was learnt.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Parameters that the upstream refuses and that are therefore no longer sent.</summary>
    public IReadOnlySet<string> Refused => refused;

    /// <summary>The most choices a reply held when more were asked for; null while no reply fell short.</summary>
    public int? MaxChoices => maxChoices;

    /// <summary>True once a reply held as many choices as asked for.</summary>
    public bool HonoursChoices { get; private set; }

    public string TokenLimitOr(string preferred) => tokenLimit ?? preferred;

    /// <summary>Remembers that a parameter was refused; a token limit is first tried under its other name.</summary>
    public void Refuse(string parameter)
    {
        lock (sync)
        {
            string other = parameter == "max_tokens" ? "max_completion_tokens" : "max_tokens";
            if (parameter is "max_tokens" or "max_completion_tokens" && !refused.Contains(other) && tokenLimit is null)
            {
                tokenLimit = other;
                notes = notes.Add($"{parameter} is refused: sent as {other}");
                return;
            }

            // Another call of the same fan-out found the new name already.
            if (parameter is "max_tokens" or "max_completion_tokens" && tokenLimit == other)
                return;
            if (refused.Contains(parameter))
                return;
            refused = refused.Add(parameter);
            notes = notes.Add($"{parameter} is refused: no longer sent");
        }
    }

    public void SawChoices(int asked, int received)
    {
        if (asked <= 1 || (received >= asked && HonoursChoices))
            return;
        lock (sync)
        {
            if (received >= asked)
            {
                HonoursChoices = true;
            }
            else if (received >= 1 && (maxChoices is null || received < maxChoices))
            {
                maxChoices = received;
                notes = notes.Add($"n = {asked} gave {received}: the rest is emulated with single requests");
            }
        }
    }

    /// <summary>A reply held the same text in every choice, because the seed held for all of them.</summary>
    public void SawFrozenChoices(int asked)
    {
        lock (sync)
        {
            if (maxChoices == 1)
                return;
            maxChoices = 1;
            notes = notes.Add($"n = {asked} with a seed gave {asked} times the same text: asked one by one instead");
        }
    }

    public void SawLogProbabilities(bool present) => logProbabilities = present;

    public void SawUsage(bool present) => usage = present;

    /// <summary>What a probe found, or null before one.</summary>
    public ProbeReport? Report => report;

    public void Probed(ProbeReport found) => report = found;

    /// <summary>The declared capabilities, corrected by a probe and by what replies showed.</summary>
    public SamplerCapabilities Correct(SamplerCapabilities declared, ChoicesMode mode, int maxChoicesPerRequest)
    {
        SamplerCapabilities known = report?.Capabilities ?? declared;
        return known with
        {
            MaxSamplesPerRequest = ChoicesPerRequest(mode, maxChoicesPerRequest, unknown: 1),
            LogProbabilities = (logProbabilities ?? known.LogProbabilities) && !refused.Contains("logprobs"),
            Seed = known.Seed && !refused.Contains("seed"),
            StopSequences = known.StopSequences && !refused.Contains("stop"),
            ResponseSchema = known.ResponseSchema && !refused.Contains("response_format"),
            Usage = usage ?? known.Usage,
        };
    }

    /// <summary>How many samples to ask for in one request.</summary>
    /// <param name="mode">Whether <c>n</c> is used.</param>
    /// <param name="most">The limit of the options.</param>
    /// <param name="unknown">What holds in <see cref="ChoicesMode.Auto"/> before the first reply.</param>
    public int ChoicesPerRequest(ChoicesMode mode, int most, int unknown) =>
        mode == ChoicesMode.Off || refused.Contains("n") ? 1
        : Math.Min(most, maxChoices ?? (mode == ChoicesMode.On || HonoursChoices ? most : unknown));
}
