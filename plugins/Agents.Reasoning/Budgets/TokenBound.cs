using System.Text;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// An upper bound of the tokens a call can use. A byte-level tokenizer never makes more tokens than there are UTF-8 bytes,
/// so bytes bound the input until the model has reported the real count for the same prompt. The output is bounded by the cap
/// that is sent along; without one, <see cref="DefaultOutput"/> is sent, or what is left of the budget when that is less.
/// </summary>
internal readonly record struct TokenBound(long Input, long Output)
{
    /// <summary>The cap on output tokens sent when a token or cost limit is in force and the caller set none.</summary>
    public const int DefaultOutput = 1024;

    /// <summary>Below this a reply is not worth asking for.</summary>
    private const int LeastOutput = 16;

    /// <summary>Role markers and separators of chat templates, a message.</summary>
    private const int PerMessage = 16;

    public static TokenBound Of(ModelCall call, long knownInput, long? unspent)
    {
        long input = knownInput > 0 ? knownInput : InputBound(call.Messages);
        long output = call.Options.MaxOutputTokens ?? DefaultOutput;
        if (unspent - input is { } room && room < output && room >= LeastOutput)
            output = room;
        return new TokenBound(input, output);
    }

    private static long InputBound(IReadOnlyList<ChatMessage> messages)
    {
        long bytes = PerMessage;
        foreach (ChatMessage message in messages)
        {
            bytes += PerMessage;
            foreach (AIContent content in message.Contents)
                bytes += content is TextContent text ? Encoding.UTF8.GetByteCount(text.Text) : Encoding.UTF8.GetByteCount(content.ToString() ?? "");
        }

        return bytes;
    }
}
