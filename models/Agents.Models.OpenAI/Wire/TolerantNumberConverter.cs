using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

/// <summary>Reads a count from a number, a fractional number or a string; anything else is null.</summary>
internal sealed class TolerantNumberConverter : JsonConverter<long?>
{
    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long whole) ? whole : FromDouble(reader.GetDouble());
            case JsonTokenType.String:
                return double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? FromDouble(number) : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => throw new NotSupportedException("Replies are only read.");

    private static long? FromDouble(double number) => double.IsFinite(number) && Math.Abs(number) < 1e15 ? (long)number : null;
}
