using System.Collections.ObjectModel;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>One line of an evaluation file.</summary>
internal static class EvaluationLine
{
    /// <summary>Reads <c>{"id","question","gold"[,"samples":[{"text","answer","correct"}]]}</c>; other fields are kept.</summary>
    public static EvaluationItem Parse(string json, string file, long line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw Wrong($"an object was expected, found {Kind(root)}");
            return new EvaluationItem(Required("id"), Required("question"), Required("gold"), ReadSamples(root))
            {
                Other = Others(root, "id", "question", "gold", "samples"),
            };

            string Required(string name)
            {
                if (!root.TryGetProperty(name, out JsonElement value))
                    throw Wrong($"the field \"{name}\" is missing");
                return Scalar(value, $"the field \"{name}\"") ?? throw Wrong($"the field \"{name}\" is null");
            }
        }
        catch (JsonException e)
        {
            throw new EvaluationDataException(file, line, $"not valid JSON near column {(e.BytePositionInLine ?? 0) + 1}", e);
        }
        catch (InvalidOperationException e)
        {
            // The one way GetString fails on a string: half a surrogate pair.
            throw new EvaluationDataException(file, line, "a string holds an invalid \\u escape", e);
        }

        EvaluationDataException Wrong(string problem) => new(file, line, problem);

        string? Scalar(JsonElement value, string where) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Null => null,
            _ => throw Wrong($"{where} must be text or a number, found {Kind(value)}"),
        };

        IReadOnlyList<RecordedSample> ReadSamples(JsonElement root)
        {
            if (!root.TryGetProperty("samples", out JsonElement samples) || samples.ValueKind == JsonValueKind.Null)
                return [];
            if (samples.ValueKind != JsonValueKind.Array)
                throw Wrong($"the field \"samples\" must be a list, found {Kind(samples)}");
            return [.. samples.EnumerateArray().Select(ReadSample)];
        }

        RecordedSample ReadSample(JsonElement sample, int index)
        {
            string where = $"samples[{index}]";
            if (sample.ValueKind != JsonValueKind.Object)
                throw Wrong($"{where} must be an object, found {Kind(sample)}");
            if (!sample.TryGetProperty("text", out JsonElement text) || text.ValueKind != JsonValueKind.String)
                throw Wrong($"{where} has no text");
            string? answer = sample.TryGetProperty("answer", out JsonElement a) ? Scalar(a, $"{where}.answer") : null;
            bool? correct = !sample.TryGetProperty("correct", out JsonElement c) ? null : c.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Null => null,
                _ => throw Wrong($"{where}.correct must be true or false, found {Kind(c)}"),
            };
            return new RecordedSample(text.GetString()!, string.IsNullOrWhiteSpace(answer) ? null : answer, correct)
            {
                Usage = ReadUsage(sample),
                Other = Others(sample, "text", "answer", "correct"),
            };
        }
    }

    private static CallUsage? ReadUsage(JsonElement sample)
    {
        JsonElement holder = sample.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object ? usage : sample;
        long? input = Tokens("input_tokens") ?? Tokens("prompt_tokens");
        long? output = Tokens("output_tokens") ?? Tokens("completion_tokens");
        return input is null && output is null ? null : new CallUsage(input ?? 0, output ?? 0);

        long? Tokens(string name) =>
            holder.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) && count >= 0 ? count : null;
    }

    private static IReadOnlyDictionary<string, JsonElement> Others(JsonElement element, params ReadOnlySpan<string> known)
    {
        Dictionary<string, JsonElement>? others = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                (others ??= new(StringComparer.Ordinal))[property.Name] = property.Value.Clone();
        }

        return others is null ? ReadOnlyDictionary<string, JsonElement>.Empty : others;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
