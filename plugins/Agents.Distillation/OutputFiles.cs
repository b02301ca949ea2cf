using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>The files of a stage: rows, and beside each a file with the provenance of its rows, line by line. Written aside and moved when whole.</summary>
internal sealed class OutputFiles(RecipeStage stage, string folder) : IAsyncDisposable
{
    private const string Unfinished = ".part";
    private static readonly JsonSerializerOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, (StreamWriter Rows, StreamWriter Provenance, int Count)> open = new(StringComparer.Ordinal);

    public async Task WriteAsync(RecipePart part, TrainingQuestion question, bool isTest)
    {
        foreach (DistillationOutput output in stage.Outputs)
        {
            string name = $"{output.Name}.{(isTest ? "test" : "train")}";
            foreach (TrainingRow row in output.Format.RowsOf(question, stage.Rows))
            {
                (StreamWriter rows, StreamWriter provenance, int count) = FileOf(name);
                await rows.WriteLineAsync(row.Json.ToJsonString(readable)).ConfigureAwait(false);
                await provenance.WriteLineAsync(ProvenanceOf(part, question, row, count).ToJsonString(readable)).ConfigureAwait(false);
                open[name] = (rows, provenance, count + 1);
            }
        }
    }

    /// <summary>Moves the files into place.</summary>
    /// <returns>Rows by file name.</returns>
    public async Task<Dictionary<string, int>> CompleteAsync()
    {
        // A format that gave no row leaves an empty file: its absence would look like a failure.
        foreach (DistillationOutput output in stage.Outputs)
            FileOf($"{output.Name}.train");
        Dictionary<string, int> rows = open.OrderBy(o => o.Key, StringComparer.Ordinal).ToDictionary(o => $"{o.Key}.jsonl", o => o.Value.Count, StringComparer.Ordinal);
        await DisposeAsync().ConfigureAwait(false);
        foreach (string name in open.Keys)
        {
            File.Move(PathOf(name, ".jsonl") + Unfinished, PathOf(name, ".jsonl"), overwrite: true);
            File.Move(PathOf(name, ".provenance.jsonl") + Unfinished, PathOf(name, ".provenance.jsonl"), overwrite: true);
        }

        open.Clear();
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((StreamWriter rows, StreamWriter provenance, _) in open.Values)
        {
            await rows.DisposeAsync().ConfigureAwait(false);
            await provenance.DisposeAsync().ConfigureAwait(false);
        }
    }

    private (StreamWriter Rows, StreamWriter Provenance, int Count) FileOf(string name)
    {
        if (!open.TryGetValue(name, out (StreamWriter, StreamWriter, int) file))
            open[name] = file = (Create(PathOf(name, ".jsonl")), Create(PathOf(name, ".provenance.jsonl")), 0);
        return file;
    }

    private string PathOf(string name, string ending) => Path.Combine(folder, name + ending);

    private static StreamWriter Create(string path) => new(path + Unfinished, append: false, new UTF8Encoding(false)) { NewLine = "\n" };

    private static JsonObject ProvenanceOf(RecipePart part, TrainingQuestion question, TrainingRow row, int number)
    {
        var json = new JsonObject { ["row"] = number, ["question"] = question.Id };
        if (part.Name.Length > 0)
            json["part"] = part.Name;
        json["traces"] = new JsonArray([.. row.Traces.Select(trace => (JsonNode)TraceOf(trace))]);
        return json;
    }

    private static JsonObject TraceOf(Trace trace)
    {
        var json = new JsonObject { ["source"] = trace.Provenance.Source, ["index"] = trace.Provenance.Index };
        Add("teacher", trace.Provenance.Teacher);
        Add("prompt", trace.Provenance.Prompt);
        Add("seed", trace.Provenance.Seed);
        Add("sampling", trace.Provenance.Sampling);
        Add("licence", trace.Provenance.Licence);
        Add("strategy", trace.Provenance.Strategy);
        Add("run", trace.Provenance.Run);
        Add("call", trace.Provenance.Call);
        if (trace.Provenance.IsHinted)
            Add("hinted", true);
        if (trace.VerifiedBy.Count > 0)
            json["verified_by"] = new JsonArray([.. trace.VerifiedBy.Select(v => (JsonNode)new JsonObject { ["by"] = v.By, ["score"] = v.Score })]);
        return json;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
                json[name] = value;
        }
    }
}
