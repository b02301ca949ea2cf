using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Distillation;

/// <summary>Turns the candidates of finished runs into traces, whatever strategy ran: drafts, branches and choices alike.</summary>
public static class RunTraces
{
    /// <summary>The traces of one run, in the order of its candidates; failed and empty ones give none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="gold">The right answer, or null where none is known.</param>
    /// <param name="source">Where the run is kept, for provenance.</param>
    /// <param name="judge">Says whether a candidate is right where that is known better than by comparing answers; null answers are compared.</param>
    public static IReadOnlyList<Trace> Of(RecordedRun run, string? gold, string source, Func<Candidate, bool?>? judge = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        Answer? right = gold is null ? null : Answer.Parse(gold);
        return [.. run.Result.Candidates.Where(c => c.Sample.IsOk && c.Sample.Text.Length > 0).Select(candidate => new Trace(TextOf(candidate.Sample.Outcome), candidate.Answer, ProvenanceOf(run, candidate, source))
        {
            IsRight = judge?.Invoke(candidate) ?? Trace.RightOf(right, candidate.Answer),
            Tokens = (int?)candidate.Sample.Outcome.Usage?.OutputTokens,
            VerifiedBy = [.. candidate.Verdicts.Where(v => v.Score is not null).Select(v => (v.Verifier, v.Score!.Value))],
        })];
    }

    /// <summary>
    /// The questions of many runs, in the order in which they are first met. Runs of one question are put together; a sample that
    /// several of them share through a sample store is one trace.
    /// </summary>
    /// <param name="runs">The runs, in an order that does not depend on chance.</param>
    /// <param name="known">The id and the right answer of a question by its text; null where it is not known.</param>
    /// <param name="source">Where the runs are kept, for provenance.</param>
    /// <param name="left">Runs left out.</param>
    public static IReadOnlyList<TrainingQuestion> Questions(IEnumerable<RecordedRun> runs, Func<string, (string Id, string? Gold)?> known, string source, out RunsLeftOut left)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(known);
        left = new RunsLeftOut(0, 0);
        var order = new List<string>();
        var traces = new Dictionary<string, List<Trace>>(StringComparer.Ordinal);
        var seen = new HashSet<(string, string, long?, string?, string)>();
        foreach (RecordedRun run in runs)
        {
            if (run.Subject is not { } subject)
            {
                left = left with { WithoutSubject = left.WithoutSubject + 1 };
                continue;
            }

            if (subject.Messages > 1)
            {
                left = left with { Conversations = left.Conversations + 1 };
                continue;
            }

            // Spaces around it make no other question.
            string asked = subject.Question.Trim();
            if (!traces.TryGetValue(asked, out List<Trace>? all))
            {
                order.Add(asked);
                traces.Add(asked, all = []);
            }

            foreach (Trace trace in Of(run, known(asked)?.Gold, source))
            {
                // The same call of the same model with the same seed is the same sample. A text may recur by chance, and then counts twice.
                string call = trace.Provenance.Call ?? FormattableString.Invariant($"{run.RunId}#{trace.Provenance.Index}");
                if (seen.Add((asked, call, trace.Provenance.Seed, trace.Provenance.Teacher, trace.Text)))
                    all.Add(trace with { Provenance = trace.Provenance with { Index = all.Count } });
            }
        }

        return [.. order.Select(question => new TrainingQuestion(known(question)?.Id ?? "run-" + PromptHash.Of(question), question, known(question)?.Gold, traces[question]))];
    }

    private static string TextOf(CallOutcome outcome) => outcome.Thinking is { Length: > 0 } thinking ? $"<think>{thinking}</think>{outcome.Text}" : outcome.Text!;

    private static Provenance ProvenanceOf(RecordedRun run, Candidate candidate, string source)
    {
        // path | role | hash of the prompt # occurrence
        string[] key = candidate.Sample.Key.Split('|');
        bool isWhole = key.Length >= 3;
        return new Provenance(source, candidate.Index)
        {
            Teacher = isWhole ? run.Subject?.ModelOf(key[^2]) : null,
            Prompt = isWhole ? key[^1].Split('#')[0] : null,
            Seed = run.Subject?.Seed,
            Sampling = run.Subject?.Temperature is { } temperature ? FormattableString.Invariant($"temperature {temperature}") : null,
            Strategy = run.Strategy,
            Run = run.RunId.Length > 0 ? run.RunId : null,
            Call = isWhole ? candidate.Sample.Key : null,
        };
    }
}

/// <summary>Runs that give no traces.</summary>
/// <param name="WithoutSubject">Those whose journal does not say what they were about.</param>
/// <param name="Conversations">Those that answered several messages: their last alone is not what was asked.</param>
public readonly record struct RunsLeftOut(int WithoutSubject, int Conversations);
