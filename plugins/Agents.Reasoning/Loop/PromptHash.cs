using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// The content hash of a call: role, options and messages, written unambiguously (every field length-prefixed) and hashed
/// with SHA-256, of which 16 hexadecimal digits are kept. Equal content gives equal hashes in every process.
/// </summary>
public static class PromptHash
{
    /// <summary>The hash of a call's content, 16 hexadecimal digits.</summary>
    public static string Of(string role, IReadOnlyList<ChatMessage> messages, SampleOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, role);
        if (!ReferenceEquals(options, SampleOptions.Default))
            WriteOptions(buffer, options);
        foreach (ChatMessage message in messages)
        {
            Write(buffer, message.Role.Value);
            foreach (AIContent content in message.Contents)
                WriteContent(buffer, content);
        }

        return Digest(buffer.WrittenSpan);
    }

    /// <summary>The hash of some text, 16 hexadecimal digits.</summary>
    public static string Of(string text) => Digest(Encoding.UTF8.GetBytes(text));

    private static string Digest(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, digest);
        return Convert.ToHexStringLower(digest[..8]);
    }

    private static void WriteContent(ArrayBufferWriter<byte> buffer, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                Write(buffer, "t");
                Write(buffer, text.Text);
                break;
            case TextReasoningContent thinking:
                Write(buffer, "r");
                Write(buffer, thinking.Text);
                break;
            default:
                Write(buffer, JsonSerializer.Serialize(content, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent))));
                break;
        }
    }

    private static void WriteOptions(ArrayBufferWriter<byte> buffer, SampleOptions options)
    {
        Write(buffer, "T", options.Temperature);
        Write(buffer, "P", options.TopP);
        Write(buffer, "K", options.TopK);
        Write(buffer, "M", options.MaxOutputTokens);
        Write(buffer, "H", options.MaxThinkingTokens);
        foreach (string stop in options.StopSequences)
            Write(buffer, "S" + stop);
        if (options.LogProbabilities)
            Write(buffer, "L", options.TopLogProbabilities);
        if (options.ConfidenceFloor is { } floor)
            Write(buffer, string.Create(CultureInfo.InvariantCulture, $"F{floor.Window}|{floor.Floor:R}|{floor.Alternatives}"));
        if (options.ScoredText is { } scored)
            Write(buffer, "G" + scored);
        if (options.ContinueAssistant)
            Write(buffer, "C");
        if (options.ResponseSchema is { } schema)
            Write(buffer, "J" + schema.GetRawText());
        foreach ((string name, JsonElement value) in options.Extra.OrderBy(e => e.Key, StringComparer.Ordinal))
            Write(buffer, $"X{name}={value.GetRawText()}");
    }

    private static void Write(ArrayBufferWriter<byte> buffer, string name, double? value)
    {
        if (value is { } number)
            Write(buffer, name + number.ToString("R", CultureInfo.InvariantCulture));
    }

    private static void Write(ArrayBufferWriter<byte> buffer, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Utf8Formatter.TryFormat(length, buffer.GetSpan(11), out int written);
        buffer.Advance(written);
        buffer.GetSpan(1)[0] = (byte)':';
        buffer.Advance(1);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }
}
