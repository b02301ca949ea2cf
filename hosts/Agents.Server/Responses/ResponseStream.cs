using System.Text;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Server.OpenAI;

namespace Agents.Server.Responses;

/// <summary>
/// Sends a response as events: the response, an item with what is thought while the run goes on, an item with the answer, and the
/// response again as it ended. Every event has its number; the pieces add up to what the last one says.
/// </summary>
internal sealed class ResponseStream(ResponseJson json, EventStream stream)
{
    private readonly StringBuilder thought = new();
    private readonly StringBuilder text = new();
    private long number;
    private bool hasThought;
    private bool isThinking;
    private bool isWriting;

    /// <summary>Sends the response as it begins.</summary>
    public void Begin()
    {
        byte[] open = json.Open("in_progress");
        Send("response.created", e => Response(e, open));
        Send("response.in_progress", e => Response(e, open));
    }

    /// <summary>Shows what happens as thinking. Called by the run, one event at a time.</summary>
    public void Observe(ReasoningEvent happened)
    {
        if (ProgressText.Of(happened) is { } line)
            Think(line + "\n");
    }

    /// <summary>Passes a piece of the one reply on, as the model writes it.</summary>
    public void Pass(string? thinking, string? piece)
    {
        if (thinking is { Length: > 0 })
            Think(thinking);
        if (piece is { Length: > 0 })
            Write(piece);
    }

    /// <summary>Sends the answer.</summary>
    /// <param name="completion">The answer.</param>
    /// <returns>The response as it is to be kept.</returns>
    public byte[] Answer(Completion completion)
    {
        // What was passed on while it was written is there already.
        if (!isWriting)
        {
            foreach (string piece in TextPieces.Of(completion.Choices[0].Thinking))
                Think(piece);
            foreach (string piece in TextPieces.Of(completion.Choices[0].Content))
                Write(piece);
        }

        string status = ResponseJson.IsIncomplete(completion) ? "incomplete" : "completed";
        EndThinking();
        BeginWriting();
        string whole = text.ToString();
        Send("response.output_text.done", e =>
        {
            Part(e);
            e.WriteString("text", whole);
            NoLogProbabilities(e);
        });
        Send("response.content_part.done", e =>
        {
            Part(e);
            e.WritePropertyName("part");
            ResponseJson.WriteText(e, whole);
        });
        Send("response.output_item.done", e => Item(e, MessageIndex, () => json.WriteMessageItem(e, status, whole)));
        return json.Whole(completion, thought.ToString(), whole);
    }

    /// <summary>Sends the response as it ended.</summary>
    public void End(byte[] response, bool isIncomplete) => Send(isIncomplete ? "response.incomplete" : "response.completed", e => Response(e, response));

    /// <summary>Ends the stream with a failure: headers are long sent.</summary>
    public void Fail(ApiException error) => Send("response.failed", e => Response(e, json.Failed(error)));

    private int MessageIndex => hasThought ? 1 : 0;

    private void Think(string piece)
    {
        // An answer that has begun is not interrupted.
        if (isWriting)
            return;
        if (!hasThought)
        {
            hasThought = isThinking = true;
            Send("response.output_item.added", e => Item(e, 0, () => json.WriteReasoningItem(e, null)));
            Send("response.reasoning_summary_part.added", e => SummaryPart(e, ""));
        }

        thought.Append(piece);
        Send("response.reasoning_summary_text.delta", e =>
        {
            Summary(e);
            e.WriteString("delta", piece);
        });
    }

    private void EndThinking()
    {
        if (!isThinking)
            return;
        isThinking = false;
        string whole = thought.ToString();
        Send("response.reasoning_summary_text.done", e =>
        {
            Summary(e);
            e.WriteString("text", whole);
        });
        Send("response.reasoning_summary_part.done", e => SummaryPart(e, whole));
        Send("response.output_item.done", e => Item(e, 0, () => json.WriteReasoningItem(e, whole)));
    }

    private void Write(string piece)
    {
        EndThinking();
        BeginWriting();
        text.Append(piece);
        Send("response.output_text.delta", e =>
        {
            Part(e);
            e.WriteString("delta", piece);
            NoLogProbabilities(e);
        });
    }

    private void BeginWriting()
    {
        if (isWriting)
            return;
        isWriting = true;
        Send("response.output_item.added", e => Item(e, MessageIndex, () => json.WriteMessageItem(e, "in_progress", null)));
        Send("response.content_part.added", e =>
        {
            Part(e);
            e.WritePropertyName("part");
            ResponseJson.WriteText(e, "");
        });
    }

    private void Part(Utf8JsonWriter e)
    {
        e.WriteString("item_id", json.MessageId);
        e.WriteNumber("output_index", MessageIndex);
        e.WriteNumber("content_index", 0);
    }

    private void Summary(Utf8JsonWriter e)
    {
        e.WriteString("item_id", json.ReasoningId);
        e.WriteNumber("output_index", 0);
        e.WriteNumber("summary_index", 0);
    }

    private void SummaryPart(Utf8JsonWriter e, string said)
    {
        Summary(e);
        e.WritePropertyName("part");
        ResponseJson.WriteSummary(e, said);
    }

    private static void NoLogProbabilities(Utf8JsonWriter e)
    {
        e.WriteStartArray("logprobs");
        e.WriteEndArray();
    }

    private static void Item(Utf8JsonWriter e, int index, Action write)
    {
        e.WriteNumber("output_index", index);
        e.WritePropertyName("item");
        write();
    }

    private static void Response(Utf8JsonWriter e, byte[] response)
    {
        e.WritePropertyName("response");
        e.WriteRawValue(response);
    }

    private void Send(string type, Action<Utf8JsonWriter> write) => stream.Send(
        Json.Utf8(e =>
        {
            e.WriteStartObject();
            e.WriteString("type", type);
            e.WriteNumber("sequence_number", number++);
            write(e);
            e.WriteEndObject();
        }),
        type);
}
