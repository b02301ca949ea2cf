using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.OpenAI;

/// <summary>Sends a completion as chunks: progress and thinking while the run goes on, then the answers, then how they ended.</summary>
internal sealed class CompletionStream(CompletionJson json, EventStream stream)
{
    private bool isLive;

    /// <summary>Says who speaks, at once: the client knows that it is served before the first call is out.</summary>
    public void Begin() => stream.Send(json.Chunk(0, delta =>
    {
        delta.WriteString("role", "assistant");
        delta.WriteString("content", "");
    }));

    /// <summary>Shows what happens as thinking. Called by the run, one event at a time.</summary>
    public void Observe(ReasoningEvent happened)
    {
        if (ProgressText.Of(happened) is { } line)
            Think(0, line + "\n");
    }

    /// <summary>Passes a piece of the one reply on, as the model writes it.</summary>
    public void Pass(string? thinking, string? text)
    {
        isLive = true;
        if (thinking is { Length: > 0 })
            Think(0, thinking);
        if (text is { Length: > 0 })
            stream.Send(json.Chunk(0, delta => delta.WriteString("content", text)));
    }

    /// <summary>Sends the answers, and the usage where it was asked for.</summary>
    public void End(Completion completion, bool includesUsage)
    {
        foreach ((int i, CompletionChoice choice) in completion.Choices.Index())
        {
            if (i > 0)
                stream.Send(json.Chunk(i, delta => delta.WriteString("role", "assistant")));
            // What was passed on while it was written is there already.
            foreach (string piece in TextPieces.Of(isLive ? null : choice.Thinking))
                Think(i, piece);
            foreach (string piece in TextPieces.Of(isLive ? null : choice.Content))
                stream.Send(json.Chunk(i, delta => delta.WriteString("content", piece)));
            if (choice.ToolCalls is { } calls)
                SendCalls(i, calls);
            stream.Send(json.Chunk(i, _ => { }, choice.FinishReason, i == 0 ? completion : null));
        }

        if (includesUsage)
            stream.Send(json.Usage(completion));
        stream.Send("[DONE]"u8);
    }

    /// <summary>Ends the stream with an error: headers are long sent.</summary>
    public void Fail(ApiException error) => stream.Send(ErrorJson.OpenAI(error));

    private void Think(int index, string text) => stream.Send(json.Chunk(index, delta => delta.WriteString("reasoning_content", text)));

    // In a stream every call says which one it is.
    private void SendCalls(int index, string calls) => stream.Send(json.Chunk(index, delta =>
    {
        delta.WriteStartArray("tool_calls");
        foreach ((int i, JsonElement call) in JsonElement.Parse(calls).EnumerateArray().Index())
        {
            delta.WriteStartObject();
            delta.WriteNumber("index", i);
            foreach (JsonProperty member in call.EnumerateObject().Where(m => m.Name != "index"))
                member.WriteTo(delta);
            delta.WriteEndObject();
        }

        delta.WriteEndArray();
    }));
}
