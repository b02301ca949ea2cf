using System.Globalization;
using System.Text.Json;
using Agents.Distillation;
using Agents.Reasoning;

namespace Agents.Cli.Distilling;

/// <summary>Reads conversations of one turn: <c>{"messages":[{"role":"user",…},{"role":"assistant",…}]}</c>, one a line.</summary>
internal static class Conversations
{
    /// <summary>Each as a question without a known answer and its reply as the trace.</summary>
    /// <exception cref="FormatException">A line is something else; the message says where.</exception>
    public static async Task<IReadOnlyList<TrainingQuestion>> ReadAsync(string path, Provenance all, CancellationToken cancellationToken)
    {
        using StreamReader reader = InputLines.Open(path);
        var questions = new List<TrainingQuestion>();
        for (long number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            string place = string.Create(CultureInfo.InvariantCulture, $"{path} line {number}");
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                (string asked, string reply) = Turn(new DocumentFields(document.RootElement, place));
                questions.Add(new TrainingQuestion(string.Create(CultureInfo.InvariantCulture, $"{all.Source}:{number}"), asked, null, [new Trace(reply, null, all)]));
            }
            catch (DocumentException e)
            {
                throw new FormatException(e.Message, e);
            }
            catch (JsonException e)
            {
                throw new FormatException($"{place}: not JSON: {e.Message}", e);
            }
        }

        return questions;
    }

    private static (string Asked, string Reply) Turn(DocumentFields row)
    {
        DocumentFields[] messages = [.. row.List("messages").Select((m, i) => new DocumentFields(m, string.Create(CultureInfo.InvariantCulture, $"{row.Path} messages[{i}]")))];
        if (messages.Length != 2 || messages[0].Text("role") != "user" || messages[1].Text("role") != "assistant")
            throw new DocumentException(row.Path, "a user's message and an assistant's reply were expected; the system message of a recipe stands in the recipe");
        return (messages[0].Text("content"), messages[1].Text("content"));
    }
}
