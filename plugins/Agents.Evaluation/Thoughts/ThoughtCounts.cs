using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>How often the samples of a set show the behaviours of long reasoning. See <see cref="ThoughtAnalyzer"/>.</summary>
/// <param name="Samples">Samples looked at.</param>
/// <param name="Sentences">Their sentences.</param>
/// <param name="Behaviours">Each behaviour, in order.</param>
public sealed record ThoughtCounts(int Samples, int Sentences, IReadOnlyList<BehaviourCount> Behaviours)
{
    /// <summary>Counts samples.</summary>
    /// <param name="samples">The sentences of each, and whether it was right; null for not known.</param>
    public static ThoughtCounts Of(IEnumerable<(IReadOnlyList<ThoughtSentence> Sentences, bool? Correct)> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        int count = 0, sentences = 0;
        int kinds = ThoughtAnalyzer.Behaviours.Count;
        int[] found = new int[kinds], holding = new int[kinds], right = new int[kinds], judged = new int[kinds];
        foreach ((IReadOnlyList<ThoughtSentence> said, bool? correct) in samples)
        {
            count++;
            sentences += said.Count;
            for (int b = 0; b < kinds; b++)
            {
                int here = said.Count(s => s.Behaviours.Contains((ThoughtBehaviour)b));
                found[b] += here;
                if (here == 0)
                    continue;
                holding[b]++;
                judged[b] += correct is null ? 0 : 1;
                right[b] += correct == true ? 1 : 0;
            }
        }

        return new ThoughtCounts(count, sentences, [.. ThoughtAnalyzer.Behaviours.Select((b, i) => new BehaviourCount(b, found[i], holding[i], judged[i], right[i]))]);
    }

    /// <summary>Counts the samples of results; failed ones are left out.</summary>
    public static ThoughtCounts Of(IEnumerable<ReasoningResult> results) =>
        Of(results.SelectMany(r => r.Candidates).Where(c => c.Sample.IsOk).Select(c => (ThoughtAnalyzer.Annotate(c.Sample.Outcome), (bool?)null)));
}

/// <summary>How often one behaviour was found.</summary>
/// <param name="Behaviour">The behaviour.</param>
/// <param name="Sentences">Sentences that show it.</param>
/// <param name="Samples">Samples with at least one.</param>
/// <param name="Judged">Of these samples, those known to be right or wrong.</param>
/// <param name="Right">Of these, right ones.</param>
public sealed record BehaviourCount(ThoughtBehaviour Behaviour, int Sentences, int Samples, int Judged, int Right);
