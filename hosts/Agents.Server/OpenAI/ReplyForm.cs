using System.Text.Json;
using Agents.Answers;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Server.OpenAI;

/// <summary>
/// The JSON that a reply must be: any object, or what satisfies a schema. As an extractor it reads the reply's JSON, so that
/// samples vote by their values; a reply that is none, or breaks the schema, abstains.
/// </summary>
/// <param name="schema">The schema, or null for any object.</param>
internal sealed class ReplyForm(JsonSchema? schema) : IAnswerExtractor
{
    private const string Fence = "```";

    /// <summary>The form of a schema that stands in a request.</summary>
    /// <param name="stated">The schema.</param>
    /// <param name="place">Where it stands, for errors.</param>
    /// <exception cref="ApiException">It is no schema that can be checked.</exception>
    public static ReplyForm Of(JsonElement stated, string place)
    {
        try
        {
            return new ReplyForm(JsonSchema.Parse(stated.GetRawText()));
        }
        catch (FormatException e)
        {
            throw ApiException.Invalid(place, e.Message);
        }
    }

    public Answer? Extract(Sample sample, AnswerKind expected) =>
        sample.IsOk && Read(sample.Text) is { } value && ProblemOf(value) is null ? Answer.Parse(value.GetRawText(), AnswerKind.Json) : null;

    /// <summary>The JSON of a reply: the reply itself, or the last fenced block in it; null where there is none.</summary>
    public static JsonElement? Read(string text)
    {
        text = ThinkingSplit.Of(text).Text;
        return Parse(text) ?? Parse(LastFenced(text));
    }

    /// <summary>What keeps a value from having the form, or null.</summary>
    public string? ProblemOf(JsonElement value)
    {
        if (schema is null)
            return value.ValueKind == JsonValueKind.Object ? null : "it is no object";
        try
        {
            return schema.ProblemOf(value);
        }
        catch (InvalidOperationException)
        {
            return "a string holds half a surrogate pair";
        }
    }

    private static string? LastFenced(string text)
    {
        int end = text.LastIndexOf(Fence, StringComparison.Ordinal);
        int start = end <= 0 ? -1 : text.LastIndexOf(Fence, end - 1, StringComparison.Ordinal);
        int line = start < 0 ? -1 : text.IndexOf('\n', start);
        return line >= 0 && line < end ? text[line..end] : null;
    }

    private static JsonElement? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
