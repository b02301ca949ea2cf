using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Agents.Evaluation;

namespace Agents.Cli.Analysing;

/// <summary><c>agents analyse</c>: the behaviours of long reasoning in recorded samples.</summary>
internal static class AnalyseCommand
{
    private static readonly JsonSerializerOptions readable = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(CommandConsole console)
    {
        var data = new Argument<string>("data") { Description = "Recorded samples, one question a line: id, question, gold, samples[].text. .jsonl or .jsonl.gz; what `agents sample` writes." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var annotate = new Option<string?>("--annotate") { Description = "Write every sentence that does something to this file: id, sample, start, text, behaviours.", HelpName = "FILE" };
        var command = new Command("analyse", "Counts verification, exploration, planning, backtracking and corrections in recorded samples, by their wording.") { data, json, annotate };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(data)!;
            var samples = new List<(string Id, int Index, RecordedSample Sample, IReadOnlyList<ThoughtSentence> Sentences)>();
            await foreach ((EvaluationItem item, _) in EvaluationReader.ReadAsync(path, cancellationToken))
                samples.AddRange(item.Samples.Select((s, i) => (item.Id, i, s, ThoughtAnalyzer.Annotate(s.Text))));
            if (samples.Count == 0)
                throw new EvaluationDataException(path, null, "holds no samples; `agents sample` draws some");
            ThoughtCounts counts = ThoughtCounts.Of(samples.Select(s => (s.Sentences, s.Sample.Correct)));
            console.Output.Write(parsed.GetValue(json)
                ? JsonSerializer.Serialize(counts, readable) + "\n"
                : ThoughtTable.Render(counts, samples.Count(s => s.Sample.Correct is not null), samples.Count(s => s.Sample.Correct == true)));
            if (parsed.GetValue(annotate) is { } file)
                await File.WriteAllLinesAsync(file, samples.SelectMany(s => s.Sentences.Where(x => x.Behaviours.Count > 0).Select(x => JsonSerializer.Serialize(new { s.Id, Sample = s.Index, x.Start, x.Text, x.Behaviours }, readable))), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
