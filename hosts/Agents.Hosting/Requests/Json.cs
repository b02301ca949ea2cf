using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Agents.Hosting.Requests;

/// <summary>Writing JSON by hand: every name stands in the code that writes it, and letters of every language stand for themselves.</summary>
public static class Json
{
    private static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Utf8(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, readable))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(Action<Utf8JsonWriter> write) => System.Text.Encoding.UTF8.GetString(Utf8(write));

    public static void WriteNumber(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
