using System.Text.Json;
using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Rewards;

/// <summary>A row of completions: <c>{"completion", "gold"?, "question"?, "expect"?, "tokens"?, "id"?, "group"?}</c>.</summary>
/// <param name="Item">The completion.</param>
/// <param name="Id">The row's id as it is written in JSON, or null.</param>
/// <param name="Group">The prompt that the completion belongs to; rows of one group are compared. The question where no group is named, else null.</param>
public sealed record RewardRow(RewardItem Item, string? Id, string? Group)
{
    /// <summary>Reads a row.</summary>
    /// <param name="element">Its JSON.</param>
    /// <param name="place">Where it stands, for errors.</param>
    /// <exception cref="DocumentException">A field is missing or wrong; the message says where.</exception>
    public static RewardRow Read(JsonElement element, string place)
    {
        var fields = new DocumentFields(element, place);
        string completion = fields.Text("completion");
        string? question = fields.OptionalText("question");
        string? kind = fields.OptionalText("expect");
        AnswerKind expected = AnswerKind.Any;
        if (kind is not null && (!Enum.TryParse(kind, ignoreCase: true, out expected) || !Enum.IsDefined(expected)))
            throw new DocumentException($"{place}.expect", $"there is no kind of answer '{kind}'. There are: {string.Join(", ", Enum.GetNames<AnswerKind>())}");
        var item = new RewardItem(completion) { Question = question, Gold = fields.OptionalScalar("gold"), Expected = expected, Tokens = fields.OptionalWhole("tokens") };
        string? id = element.TryGetProperty("id", out JsonElement own) ? own.GetRawText() : null;
        return new RewardRow(item, id, fields.OptionalScalar("group") ?? question);
    }

    /// <summary>Reads a row from a line of JSON.</summary>
    /// <exception cref="DocumentException">The line is no JSON object, or a field is missing or wrong; the message says where.</exception>
    public static RewardRow Parse(string json, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, place);
        }
        catch (JsonException e)
        {
            throw new DocumentException(place, $"not JSON: {e.Message}", e);
        }
    }
}
