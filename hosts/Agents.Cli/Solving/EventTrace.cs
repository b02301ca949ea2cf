using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Cli.Solving;

/// <summary>Writes events to a file, one JSON object a line.</summary>
internal sealed class EventTrace : IAsyncDisposable
{
    private readonly StreamWriter? writer;

    private EventTrace(StreamWriter? writer) => this.writer = writer;

    public static EventTrace Open(string? path) => new(path is null ? null : new StreamWriter(path, append: false));

    public void Write(ReasoningEvent happened) => writer?.WriteLine(JsonSerializer.Serialize(happened, ReasoningJson.Readable.ReasoningEvent));

    public ValueTask DisposeAsync() => writer?.DisposeAsync() ?? default;
}
