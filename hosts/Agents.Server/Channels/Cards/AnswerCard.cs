using System.Text.Json.Nodes;

namespace Agents.Server.Channels;

/// <summary>
/// An answer as an adaptive card: the answer, what speaks for it, the dissenting answers folded away, and what can be done about it.
/// What a model wrote stands in text runs, which know no Markdown, or is escaped.
/// </summary>
internal static class AnswerCard
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    private const int MaxAnswerCharacters = 2000;
    private const int MaxFactCharacters = 200;
    private const string DissentId = "dissent";

    /// <summary>The card of an answer. Once it is decided, nothing can be done any more.</summary>
    public static JsonObject Of(GivenAnswer answer)
    {
        var body = new JsonArray(
            new JsonObject { ["type"] = "TextBlock", ["text"] = "Answer", ["weight"] = "Bolder", ["size"] = "Medium" },
            Run(ChannelText.Cut(ChannelText.Plain(answer.Text), MaxAnswerCharacters)),
            new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. answer.Facts.Select(f => (JsonNode)Fact(f.Name, f.Value))]) });
        var actions = new JsonArray();
        if (answer.Decision is { } decision)
        {
            body.Add(new JsonObject
            {
                ["type"] = "TextBlock",
                ["text"] = decision == AnswerDecision.Approved ? "Approved." : "Rejected: another answer is on its way.",
                ["color"] = decision == AnswerDecision.Approved ? "Good" : "Attention",
                ["weight"] = "Bolder",
                ["wrap"] = true,
            });
        }
        else
        {
            actions.Add(Execute("Approve", CardVerbs.Approve, answer.Id, "positive"));
            actions.Add(Execute("Reject", CardVerbs.Reject, answer.Id, "destructive"));
        }

        if (answer.Others.Count > 0)
        {
            body.Add(new JsonObject
            {
                ["type"] = "Container",
                ["id"] = DissentId,
                ["isVisible"] = false,
                ["items"] = new JsonArray([.. answer.Others.Select(o => (JsonNode)Run(FormattableString.Invariant($"{ChannelText.Cut(ChannelText.Plain(o.Text), MaxFactCharacters)} ({o.Votes})")))]),
            });
            actions.Add(new JsonObject { ["type"] = "Action.ToggleVisibility", ["title"] = $"Dissenting answers ({answer.Others.Count})", ["targetElements"] = new JsonArray(DissentId) });
        }

        return Card(body, actions);
    }

    /// <summary>A card on which a conversation chooses its strategy.</summary>
    public static JsonObject Choice(IReadOnlyList<string> strategies, string current) => Card(
        new JsonArray(new JsonObject
        {
            ["type"] = "Input.ChoiceSet",
            ["id"] = CardVerbs.Strategy,
            ["label"] = "Strategy of this conversation",
            ["value"] = current,
            ["choices"] = new JsonArray([.. strategies.Select(s => (JsonNode)new JsonObject { ["title"] = s, ["value"] = s })]),
        }),
        new JsonArray(new JsonObject { ["type"] = "Action.Execute", ["title"] = "Use it", ["verb"] = CardVerbs.Strategy }));

    private static JsonObject Card(JsonArray body, JsonArray actions) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = "1.5",
        ["body"] = body,
        ["actions"] = actions,
    };

    private static JsonObject Run(string text) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = text }),
    };

    private static JsonObject Fact(string name, string value) => new()
    {
        ["title"] = ChannelText.Escape(ChannelText.Cut(name, MaxFactCharacters)),
        ["value"] = ChannelText.Escape(ChannelText.Cut(value, MaxFactCharacters)),
    };

    private static JsonObject Execute(string title, string verb, string answerId, string style) => new()
    {
        ["type"] = "Action.Execute",
        ["title"] = title,
        ["verb"] = verb,
        ["style"] = style,
        ["data"] = new JsonObject { [CardVerbs.AnswerField] = answerId },
    };
}
