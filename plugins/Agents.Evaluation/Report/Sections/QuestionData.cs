using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// The questions as compact JSON inside the page: one index of all of them and, apart, the candidates in chunks that the page
/// reads only when a question is opened. A candidate that several strategies share stands once. Everything below is read by
/// <c>report.js</c>, which is the other half of this format.
/// </summary>
internal sealed class QuestionData(EvaluationOutcome outcome)
{
    /// <summary>Questions whose candidates share one script element.</summary>
    private const int ChunkSize = 40;

    /// <summary>No text is longer in the page; the journals keep all of it.</summary>
    private const int MostPerText = 20_000;

    /// <summary>All texts together stay below this many characters: the cap on a text is halved until they do.</summary>
    private const long MostInAll = 32_000_000;

    // Escapes < > & ' " and nothing else that matters: no text can end the script element or open a comment.
    private static readonly JsonWriterOptions writerOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ICorrectness correctness = outcome.Plan.CorrectnessInForce;
    private readonly EvaluationRecord[][] questions = [.. outcome.Records.GroupBy(r => r.ItemIndex).Select(g => g.ToArray())];
    private readonly Dictionary<EvaluationRecord[], List<Shown>> shown = [];

    /// <summary>The characters a text is cut to.</summary>
    public int TextCap { get; private set; } = MostPerText;

    /// <summary>Whether any text was cut.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Writes the script elements.</summary>
    public void Write(TextWriter page)
    {
        foreach (EvaluationRecord[] question in questions)
            shown[question] = Distinct(question);
        while (TextCap > 200 && shown.Values.Sum(all => all.Sum(s => (long)Math.Min(TextCap, s.Text.Length))) > MostInAll)
            TextCap /= 2;

        Script(page, "index", Index);
        for (int chunk = 0; chunk * ChunkSize < questions.Length; chunk++)
            Script(page, $"chunk-{chunk}", writer => Chunk(writer, questions.Skip(chunk * ChunkSize).Take(ChunkSize)));
    }

    private static void Script(TextWriter page, string id, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, writerOptions))
            write(writer);
        page.Write($"<script type=\"application/json\" id=\"{id}\">");
        page.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        page.WriteLine("</script>");
    }

    private void Index(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("strategies");
        foreach (EvaluatedStrategy strategy in outcome.Plan.Strategies)
            json.WriteStringValue(strategy.Name);
        json.WriteEndArray();
        json.WriteNumber("chunk", ChunkSize);
        json.WriteStartArray("questions");
        foreach (EvaluationRecord[] question in questions)
        {
            json.WriteStartObject();
            json.WriteString("id", question[0].Item.Id);
            json.WriteString("q", question[0].Item.Question);
            json.WriteString("gold", question[0].Item.Gold);
            json.WriteStartArray("r");
            foreach (EvaluationRecord record in question)
                Result(json, record, shown[question]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Result(Utf8JsonWriter json, EvaluationRecord record, List<Shown> candidates)
    {
        ReasoningResult result = record.Result;
        json.WriteStartObject();
        json.WriteNumber("s", record.StrategyIndex);
        json.WriteString("a", result.Answer?.Text);
        Flag(json, "c", record.Correct);
        if (result.Confidence is { } confidence)
            json.WriteNumber("conf", Math.Round(confidence, 4));
        json.WriteNumber("n", record.Samples);
        json.WriteNumber("calls", result.Usage.ModelCalls);
        json.WriteNumber("rounds", result.Rounds);
        json.WriteString("stop", StopReasonText.Of(result.StopReason));
        json.WriteNumber("abst", result.Abstentions);
        if (result.Failure is not null)
            json.WriteString("fail", result.Failure);
        if (result.Selected is { } selected)
            json.WriteNumber("sel", candidates.FindIndex(s => s.Is(selected)));
        json.WriteStartArray("votes");
        foreach (VoteShare vote in result.Votes)
        {
            json.WriteStartArray();
            json.WriteStringValue(vote.Answer.Text);
            json.WriteNumberValue(vote.Votes);
            json.WriteNumberValue(Math.Round(vote.Weight, 4));
            Candidate? first = result.Candidates.FirstOrDefault(c => vote.Candidates.Count > 0 && c.Index == vote.Candidates[0]);
            FlagValue(json, first is null ? null : correctness.Judge(record.Item, first));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Chunk(Utf8JsonWriter json, IEnumerable<EvaluationRecord[]> chunk)
    {
        json.WriteStartArray();
        foreach (EvaluationRecord[] question in chunk)
        {
            json.WriteStartArray();
            foreach (Shown candidate in shown[question])
            {
                json.WriteStartObject();
                json.WriteNumber("i", candidate.Candidate.Index);
                json.WriteString("a", candidate.Candidate.Answer?.Text);
                Flag(json, "c", correctness.Judge(question[0].Item, candidate.Candidate));
                json.WriteString("t", Cut(candidate.Text));
                if (candidate.Candidate.Sample.Failure is { } failure)
                    json.WriteString("fail", failure.Message);
                json.WriteStartArray("by");
                foreach (int strategy in candidate.Strategies)
                    json.WriteNumberValue(strategy);
                json.WriteEndArray();
                if (candidate.Candidate.Verdicts.Count > 0)
                    json.WriteString("v", string.Join(", ", candidate.Candidate.Verdicts.Select(v => v.Score is { } score ? FormattableString.Invariant($"{v.Verifier} {score:0.00}") : $"{v.Verifier} abstains")));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static List<Shown> Distinct(EvaluationRecord[] question)
    {
        var all = new List<Shown>();
        foreach (EvaluationRecord record in question)
        {
            foreach (Candidate candidate in record.Result.Candidates)
            {
                if (all.Find(s => s.Is(candidate)) is { } known)
                    known.Strategies.Add(record.StrategyIndex);
                else
                    all.Add(new Shown(candidate, [record.StrategyIndex]));
            }
        }

        all.Sort((a, b) => a.Candidate.Index.CompareTo(b.Candidate.Index)); // few and already nearly in order
        return all;
    }

    private string Cut(string text)
    {
        if (text.Length <= TextCap)
            return text;
        IsCut = true;
        int end = char.IsHighSurrogate(text[TextCap - 1]) ? TextCap - 1 : TextCap;
        return text[..end] + "…";
    }

    private static void Flag(Utf8JsonWriter json, string name, bool? value)
    {
        json.WritePropertyName(name);
        FlagValue(json, value);
    }

    private static void FlagValue(Utf8JsonWriter json, bool? value)
    {
        if (value is { } known)
            json.WriteNumberValue(known ? 1 : 0);
        else
            json.WriteNullValue();
    }

    /// <summary>A candidate and the strategies that had it.</summary>
    private sealed record Shown(Candidate Candidate, List<int> Strategies)
    {
        public string Text => Candidate.Sample.Text;

        public bool Is(Candidate other) => Candidate.Index == other.Index && Text == other.Sample.Text
            && Candidate.Answer?.Text == other.Answer?.Text && Candidate.Sample.Failure?.Message == other.Sample.Failure?.Message
            && Candidate.Verdicts.SequenceEqual(other.Verdicts);
    }
}
