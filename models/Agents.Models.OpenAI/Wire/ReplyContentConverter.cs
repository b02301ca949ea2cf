using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

/// <summary>Reads content from a string or from an array of parts, among which thinking is kept apart; anything else is null.</summary>
internal sealed class ReplyContentConverter : JsonConverter<ReplyContent?>
{
    public override bool HandleNull => true;

    public override ReplyContent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new ReplyContent(WireText.Read(ref reader), "");
            case JsonTokenType.StartArray:
                return ReadParts(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, ReplyContent? value, JsonSerializerOptions options) => throw new NotSupportedException("Replies are only read.");

    internal static ReplyContent ReadParts(ref Utf8JsonReader reader)
    {
        var text = new StringBuilder();
        var thinking = new StringBuilder();
        bool isThinking = false;
        int depth = reader.CurrentDepth;

        // The parts are walked as they come: a "type" that says thinking, or a field of that name, turns what follows into
        // thinking until the part of the outermost array ends.
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType == JsonTokenType.String && reader.CurrentDepth == depth + 1)
                text.Append(WireText.Read(ref reader));
            else if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth + 1)
                isThinking = false;
            else if (reader.TokenType == JsonTokenType.PropertyName)
                ReadProperty(ref reader);
        }

        return new ReplyContent(text.ToString(), thinking.ToString());

        void ReadProperty(ref Utf8JsonReader reader)
        {
            string name = WireText.Read(ref reader);
            isThinking |= name is "thinking" or "reasoning";
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                return;
            string value = WireText.Read(ref reader);
            if (name == "type")
                isThinking |= value is "thinking" or "reasoning";
            else if (name is "text" or "thinking" or "reasoning")
                (isThinking ? thinking : text).Append(value);
        }
    }
}
