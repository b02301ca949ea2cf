using System.Text.Encodings.Web;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Hosting.Results;

/// <summary>A result as JSON, as <c>solve --json</c> prints it and the server returns it: every name is there in every object, null where there is no value.</summary>
public static class ResultJson
{
    private static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object as text.</summary>
    public static string Write(ReasoningResult result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, readable))
            Write(json, result);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, ReasoningResult result)
    {
        json.WriteStartObject();
        json.WriteString("answer", result.Answer?.Text);
        WriteNumber(json, "confidence", result.Confidence);
        json.WriteString("stop_reason", SnakeCase.Of(result.StopReason));
        json.WriteString("strategy", result.Strategy);
        json.WriteNumber("rounds", result.Rounds);
        json.WriteString("failure", result.Failure);
        json.WriteStartObject("usage");
        json.WriteNumber("model_calls", result.Usage.ModelCalls);
        json.WriteNumber("input_tokens", result.Usage.InputTokens);
        json.WriteNumber("output_tokens", result.Usage.OutputTokens);
        json.WriteNumber("cached_input_tokens", result.Usage.CachedInputTokens);
        json.WriteNumber("reasoning_tokens", result.Usage.ReasoningTokens);
        json.WriteNumber("unreported_calls", result.Usage.UnreportedCalls);
        json.WriteNumber("failed_calls", result.Usage.FailedCalls);
        json.WriteNumber("abandoned_calls", result.Usage.AbandonedCalls);
        json.WriteNumber("cost", result.Usage.Cost);
        json.WriteEndObject();
        json.WriteStartArray("stages");
        foreach (CascadeStageUse stage in result.Stages)
            WriteStage(json, stage);
        json.WriteEndArray();
        json.WriteStartArray("votes");
        foreach (VoteShare vote in result.Votes)
        {
            json.WriteStartObject();
            json.WriteString("answer", vote.Answer.Text);
            json.WriteNumber("votes", vote.Votes);
            json.WriteNumber("weight", vote.Weight);
            json.WriteStartArray("candidates");
            foreach (int index in vote.Candidates)
                json.WriteNumberValue(index);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("abstentions", result.Abstentions);
        json.WriteStartArray("candidates");
        foreach (Candidate candidate in result.Candidates)
            WriteCandidate(json, candidate, ReferenceEquals(candidate, result.Selected));
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in result.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, CascadeStageUse stage)
    {
        json.WriteStartObject();
        json.WriteString("role", stage.Role);
        json.WriteString("name", stage.Name);
        json.WriteString("why", stage.Why);
        json.WriteBoolean("is_answer", stage.IsAnswer);
        WriteNumber(json, "evidence", stage.Evidence);
        json.WriteNumber("model_calls", stage.ModelCalls);
        json.WriteNumber("tokens", stage.Tokens);
        json.WriteNumber("cost", stage.Cost);
        json.WriteEndObject();
    }

    private static void WriteCandidate(Utf8JsonWriter json, Candidate candidate, bool isSelected)
    {
        CallOutcome outcome = candidate.Sample.Outcome;
        json.WriteStartObject();
        json.WriteNumber("index", candidate.Index);
        json.WriteBoolean("selected", isSelected);
        json.WriteString("answer", candidate.Answer?.Text);
        json.WriteString("text", outcome.Text);
        json.WriteString("thinking", outcome.Thinking);
        json.WriteString("finish_reason", outcome.FinishReason);
        json.WriteString("error", outcome.Failure?.Message);
        json.WriteStartArray("verdicts");
        foreach (Verdict verdict in candidate.Verdicts)
        {
            json.WriteStartObject();
            json.WriteString("verifier", verdict.Verifier);
            WriteNumber(json, "score", verdict.Score);
            json.WriteString("rationale", verdict.Rationale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}

/// <summary>Stop reasons in their JSON spelling.</summary>
public static class SnakeCase
{
    /// <summary>The spelling of a reason.</summary>
    public static string Of(StopReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
