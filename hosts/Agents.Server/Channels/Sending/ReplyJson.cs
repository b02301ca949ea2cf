using System.Text.Json.Nodes;

namespace Agents.Server.Channels;

/// <summary>The activities that the agent sends, as JSON.</summary>
internal static class ReplyJson
{
    /// <summary>What a channel takes as the text of one message, with room for the card beside it.</summary>
    public const int MaxTextCharacters = 12_000;

    /// <summary>What an informative update may hold: 1 KB, whatever the script.</summary>
    public const int MaxInformativeCharacters = 250;

    /// <summary>That the agent is at work.</summary>
    public static JsonObject Typing(Activity to) => to.Reply("typing");

    /// <summary>A message of the server's own words, or of words that are escaped already.</summary>
    public static JsonObject Message(Activity to, string text)
    {
        JsonObject message = to.Reply("message");
        message["text"] = ChannelText.Cut(text, MaxTextCharacters);
        message["textFormat"] = "markdown";
        return message;
    }

    /// <summary>A message that a model wrote: marked as such, with a card where there is one.</summary>
    public static JsonObject Answer(Activity to, string text, JsonObject? card)
    {
        JsonObject message = Message(to, text);
        message["entities"] = new JsonArray(GeneratedByAI());
        return card is null ? message : WithCard(message, card);
    }

    /// <summary>The message with a card under its text.</summary>
    public static JsonObject WithCard(JsonObject message, JsonObject card)
    {
        message["attachments"] = new JsonArray(new JsonObject { ["contentType"] = AnswerCard.ContentType, ["content"] = card });
        return message;
    }

    /// <summary>An update of a reply that is being written.</summary>
    /// <param name="to">What is answered.</param>
    /// <param name="isInformative">Whether it says what goes on, in place of the reply's text so far.</param>
    /// <param name="text">The text, cumulative where it is the reply's.</param>
    /// <param name="streamId">The stream; null for its first update.</param>
    /// <param name="sequence">The number of the update, from 1.</param>
    public static JsonObject Update(Activity to, bool isInformative, string text, string? streamId, int sequence)
    {
        JsonObject update = to.Reply("typing");
        update["text"] = ChannelText.Cut(text, isInformative ? MaxInformativeCharacters : MaxTextCharacters);
        var stream = new JsonObject { ["type"] = "streaminfo", ["streamType"] = isInformative ? "informative" : "streaming", ["streamSequence"] = sequence };
        if (streamId is not null)
            stream["streamId"] = streamId;
        update["entities"] = new JsonArray(stream);
        return update;
    }

    /// <summary>The message as the end of a stream.</summary>
    public static JsonObject Final(JsonObject message, string streamId)
    {
        var final = (JsonObject)message.DeepClone();
        var entities = (JsonArray)(final["entities"] ??= new JsonArray());
        entities.Add(new JsonObject { ["type"] = "streaminfo", ["streamType"] = "final", ["streamId"] = streamId });
        return final;
    }

    private static JsonObject GeneratedByAI() => new()
    {
        ["type"] = "https://schema.org/Message",
        ["@type"] = "Message",
        ["@context"] = "https://schema.org",
        ["@id"] = "",
        ["additionalType"] = new JsonArray("AIGeneratedContent"),
    };
}
