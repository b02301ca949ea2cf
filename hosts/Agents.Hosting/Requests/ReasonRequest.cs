using System.Text.Json;
using Agents.Answers;
using Agents.Hosting.Runs;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Requests;

/// <summary>Reads the body of <c>POST /api/reason</c>, and of its steps.</summary>
public static class ReasonRequest
{
    /// <summary>The names of a question: what is asked, of which model, how it samples, how much it may use.</summary>
    private static readonly string[] questionNames = ["question", "messages", "model", "seed", "expect", "temperature", "top_p", "max_tokens", "stop", "budget"];

    private static readonly string[] ownNames = [.. questionNames, "strategy", "samples", "settings", "workflow"];

    /// <summary>The question in a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxMessages">How many messages there may be.</param>
    /// <exception cref="ApiException">A field is missing, wrong or not known.</exception>
    public static RunQuestion Read(JsonElement body, int maxMessages) => Read(body, maxMessages, ownNames);

    /// <summary>The question in the body of a step, which chooses no strategy.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxMessages">How many messages there may be.</param>
    /// <param name="also">The names that the step itself reads.</param>
    /// <exception cref="ApiException">A field is missing, wrong or not known.</exception>
    public static RunQuestion ReadStep(JsonElement body, int maxMessages, params IEnumerable<string> also) => Read(body, maxMessages, [.. questionNames, .. also]);

    private static RunQuestion Read(JsonElement body, int maxMessages, string[] known)
    {
        Parameters.OnlyKnown(body, "", known);
        string? remote = null;
        JsonElement? question = Parameters.Find(body, "question");
        JsonElement? messages = Parameters.Find(body, "messages");
        if (question is null == messages is null)
            throw ApiException.Invalid("question", "One of 'question' and 'messages' is needed.", "missing_parameter");
        IReadOnlyList<ChatMessage> conversation = messages is { } given
            ? MessageReader.Read(given, maxMessages, ref remote)
            : [new ChatMessage(ChatRole.User, Parameters.Text(question!.Value, "question") is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw ApiException.Invalid("question", "'question' is empty."))];
        return new RunQuestion
        {
            Messages = conversation,
            Model = Parameters.Find(body, "model") is { } model ? Parameters.Text(model, "model") : null,
            Seed = Parameters.Find(body, "seed") is { } seed ? Parameters.Integer(seed, "seed", long.MinValue, long.MaxValue) : null,
            Expected = Parameters.Find(body, "expect") is { } expect ? Expected(expect) : AnswerKind.Any,
            Options = new SampleOptions
            {
                Temperature = Parameters.Find(body, "temperature") is { } temperature ? Parameters.Number(temperature, "temperature", 0, 2) : null,
                TopP = Parameters.Find(body, "top_p") is { } topP ? Parameters.Number(topP, "top_p", 0.000001, 1) : null,
                MaxOutputTokens = Parameters.Find(body, "max_tokens") is { } most ? (int)Parameters.Integer(most, "max_tokens", 1, 10_000_000) : null,
                StopSequences = Parameters.Find(body, "stop") is { } stop ? [.. Parameters.Array(stop, "stop").EnumerateArray().Select(s => Parameters.Text(s, "stop"))] : [],
            },
            Reasoning = Reasoning(body, known),
            DefaultStrategy = ReasoningExtensions.DefaultStrategy,
            RemoteParameter = remote,
        };
    }

    /// <summary>The strategy's fields, as the field <c>reasoning</c> of the OpenAI endpoint has them.</summary>
    private static JsonElement Reasoning(JsonElement body, string[] known) => JsonElement.Parse(Json.Text(json =>
    {
        json.WriteStartObject();
        foreach (string name in (ReadOnlySpan<string>)["strategy", "samples", "workflow", "budget"])
        {
            if ((name == "budget" || known == ownNames) && Parameters.Find(body, name) is { } value)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        if (known == ownNames && Parameters.Find(body, "settings") is { } settings)
        {
            foreach (JsonProperty setting in Parameters.Object(settings, "settings").EnumerateObject())
            {
                if (ownNames.Contains(setting.Name, StringComparer.Ordinal) && setting.Name != "temperature")
                    throw ApiException.Invalid("settings." + setting.Name, $"'{setting.Name}' stands beside 'settings', not in it.");
                setting.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }));

    private static AnswerKind Expected(JsonElement value)
    {
        string name = Parameters.Text(value, "expect");
        return Enum.TryParse(name, ignoreCase: true, out AnswerKind kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(name[0]) ? kind
            : throw ApiException.Invalid("expect", $"'expect' must be one of {string.Join(", ", Enum.GetNames<AnswerKind>().Select(n => n.ToLowerInvariant()))}.");
    }
}
