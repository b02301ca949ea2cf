using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

/// <summary>Reads a text from a string, a number or an array of text parts; anything else is null.</summary>
internal sealed class TolerantTextConverter : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return WireText.Read(ref reader);
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.StartArray:
                return ReplyContentConverter.ReadParts(ref reader).Text;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => throw new NotSupportedException("Replies are only read.");
}
