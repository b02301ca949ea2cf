using System.Net;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Hosting.Pictures;

/// <summary>
/// A run as a picture: one HTML file that needs nothing else, no network and no font. The drawing is a script of its own that
/// takes events one by one, so that a page with live events can use it as it is (<see cref="Script"/>, <see cref="Style"/>).
/// </summary>
public static class RunPicture
{
    // The default encoder writes < > & as escapes: no text of a model can end the script element that holds it.
    private static readonly ReasoningJson json = new(new JsonSerializerOptions(ReasoningJson.Readable.Options) { Encoder = JavaScriptEncoder.Default });

    /// <summary>The script: <c>RunPicture(element, {title}).add(event)</c>, where an event is the JSON of a <see cref="ReasoningEvent"/>.</summary>
    public static string Script { get; } = Resource("run-picture.js");

    /// <summary>The style that the script's elements expect.</summary>
    public static string Style { get; } = Resource("run-picture.css");

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="title">What was asked.</param>
    /// <param name="events">The events of the run, in order.</param>
    public static void Write(TextWriter writer, string title, IReadOnlyList<ReasoningEvent> events)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(events);
        bool hasCandidates = events.Any(e => e is CandidateAdded);
        // The template's holes, in the order in which they stand; text that is filled in is not searched again.
        string template = Resource("run-picture.html");
        foreach ((string hole, Action fill) in new (string, Action)[]
        {
            ("title", () => writer.Write(WebUtility.HtmlEncode(title))),
            ("style", () => writer.Write(Style)),
            ("events", () => WriteEvents(writer, events.Select(e => Drawn(e, hasCandidates)).OfType<ReasoningEvent>())),
            ("script", () => writer.Write(Script)),
        })
        {
            string mark = $"{{{{{hole}}}}}";
            int at = template.IndexOf(mark, StringComparison.Ordinal);
            writer.Write(template.AsSpan(0, at));
            fill();
            template = template[(at + mark.Length)..];
        }

        writer.Write(template);
    }

    /// <summary>What the picture shows of an event; null for nothing. Texts stand once, log-probabilities not at all.</summary>
    public static ReasoningEvent? Drawn(ReasoningEvent happened, bool hasCandidates = true) => happened switch
    {
        VoteChanged => null,
        CallFinished call => call with { Outcome = new CallOutcome { Usage = call.Outcome.Usage, Failure = call.Outcome.Failure } },
        CandidateAdded added => added with { Candidate = added.Candidate with { Sample = WithoutTokens(added.Candidate.Sample) } },
        RunCompleted run => run with
        {
            Result = run.Result with
            {
                Candidates = [.. run.Result.Candidates.Select(c => Short(c, hasCandidates))],
                Selected = run.Result.Selected is { } selected ? Short(selected, hasCandidates) : null,
            },
        },
        _ => happened,
    };

    private static Candidate Short(Candidate candidate, bool isKnown) => isKnown
        ? candidate with { Sample = candidate.Sample with { Outcome = new CallOutcome() }, Verdicts = [] }
        : candidate with { Sample = WithoutTokens(candidate.Sample) };

    private static Sample WithoutTokens(Sample sample) => sample with { Outcome = sample.Outcome with { LogProbabilities = [] } };

    private static void WriteEvents(TextWriter writer, IEnumerable<ReasoningEvent> events)
    {
        string before = "[";
        foreach (ReasoningEvent happened in events)
        {
            writer.Write(before);
            writer.Write(JsonSerializer.Serialize(happened, json.ReasoningEvent));
            before = ",\n";
        }

        writer.Write(before == "[" ? "[]" : "]");
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"pictures/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
