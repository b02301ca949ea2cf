using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Server.Channels;

/// <summary>
/// What an activity asks for: an answer, a command, a decision about an answer. A command is a whole message, exactly; nothing in the
/// text of a question chooses anything.
/// </summary>
internal sealed class Dialogue(ChannelOptions options, Conversations conversations, AnswerTurn answering, ChannelTurns turns, ChannelConnector connector)
{
    /// <summary>Carries out a message. Throws nothing but what sending was cancelled by.</summary>
    public async Task MessageAsync(Replies replies, CancellationToken cancellationToken)
    {
        Activity activity = replies.To;
        Conversation conversation = conversations.Of(activity);
        if (!conversation.IsNew(activity.Id))
            return;
        string[] words = activity.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        JsonObject? reply = words switch
        {
            [] when ChosenOn(activity) is { } chosen => Choose(activity, conversation, chosen),
            [] => null,
            ["/cancel"] => ReplyJson.Message(activity, conversation.Cancel() ? ChannelWords.Stopped : ChannelWords.NothingToStop),
            ["/reset"] => Reset(activity, conversation),
            ["/strategy"] => OfferStrategies(activity, conversation),
            ["/strategy", string name] => Choose(activity, conversation, name),
            _ => null,
        };
        if (reply is not null)
            await replies.SendAsync(reply, cancellationToken);
        else if (words.Length > 0)
            await answering.RunAsync(conversation, activity.Text, null, replies, cancellationToken);
    }

    /// <summary>Carries out what a button of a card asks for.</summary>
    /// <returns>The answer to the invocation.</returns>
    public JsonObject Act(Activity activity)
    {
        if (activity.Value is not { ValueKind: JsonValueKind.Object } value || Parameters.Find(value, "action") is not { ValueKind: JsonValueKind.Object } action)
            return Error(400, "BadRequest", "The invocation has no action.");
        Conversation conversation = conversations.Of(activity);
        JsonElement? data = Parameters.Find(action, "data") is { ValueKind: JsonValueKind.Object } given ? given : null;
        return TextOf(action, "verb") switch
        {
            CardVerbs.Approve => Decide(activity, conversation, data, AnswerDecision.Approved),
            CardVerbs.Reject => Decide(activity, conversation, data, AnswerDecision.Rejected),
            CardVerbs.Strategy => Said(Chosen(conversation, TextOf(data, CardVerbs.Strategy) ?? "")),
            _ => Error(400, "NotSupported", "The card's button is not one of this agent's."),
        };
    }

    private JsonObject Decide(Activity activity, Conversation conversation, JsonElement? data, AnswerDecision decision)
    {
        if (TextOf(data, CardVerbs.AnswerField) is not { } id || conversation.Decide(id, decision) is not (GivenAnswer answer, bool isDecidedNow))
            return Said("This answer is not known any more.");
        if (isDecidedNow && decision == AnswerDecision.Rejected)
            AnswerAgain(activity with { ExpectsReplies = false }, conversation, answer);
        return Result(AnswerCard.ContentType, AnswerCard.Of(answer));
    }

    /// <summary>After a rejection: the configured second attempt, once; else the next answer by votes; else the same question with other samples.</summary>
    private void AnswerAgain(Activity activity, Conversation conversation, GivenAnswer rejected)
    {
        var replies = new Replies(connector, activity);
        SecondAttemptOptions? stronger = rejected.IsSecondAttempt ? null : options.OnReject;
        if (stronger is null && rejected.Next(IdempotencyKey.NewRunId()) is { } next)
        {
            conversation.Keep(next);
            conversation.Remember(next.Id, next.Question, next.Text);
            turns.Begin(token => replies.SendAsync(ReplyJson.Answer(activity, ChannelText.Escape(next.Text), AnswerCard.Of(next)), token));
        }
        else
        {
            turns.Begin(token => answering.RunAsync(conversation, rejected.Question, stronger ?? new SecondAttemptOptions(), replies, token));
        }
    }

    private JsonObject OfferStrategies(Activity activity, Conversation conversation)
    {
        string current = conversation.Strategy ?? options.Strategy;
        return options.SelectableStrategies.Count == 0
            ? ReplyJson.Message(activity, ChannelWords.FixedStrategy)
            : ReplyJson.WithCard(ReplyJson.Message(activity, $"The strategy is {(current.Length > 0 ? current : "none")}."), AnswerCard.Choice(options.SelectableStrategies, current));
    }

    private JsonObject Choose(Activity activity, Conversation conversation, string name) => ReplyJson.Message(activity, Chosen(conversation, name));

    private string Chosen(Conversation conversation, string name)
    {
        if (options.SelectableStrategies.Count == 0)
            return ChannelWords.FixedStrategy;
        if (!options.SelectableStrategies.Contains(name, StringComparer.Ordinal))
            return $"There is no such choice here; there are {string.Join(", ", options.SelectableStrategies)}.";
        conversation.Strategy = name;
        return $"The strategy of this conversation is {name} from now on.";
    }

    private static JsonObject Reset(Activity activity, Conversation conversation)
    {
        conversation.Reset();
        return ReplyJson.Message(activity, ChannelWords.Forgotten);
    }

    // A card of an older kind sends what was chosen as a message without text.
    private static string? ChosenOn(Activity activity) => TextOf(activity.Value, CardVerbs.Strategy);

    private static string? TextOf(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } fields && Parameters.Find(fields, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonObject Said(string text) => Result("application/vnd.microsoft.activity.message", text);

    private static JsonObject Result(string type, JsonNode value) => new() { ["statusCode"] = 200, ["type"] = type, ["value"] = value };

    private static JsonObject Error(int status, string code, string message) => new()
    {
        ["statusCode"] = status,
        ["type"] = "application/vnd.microsoft.error",
        ["value"] = new JsonObject { ["code"] = code, ["message"] = message },
    };
}
