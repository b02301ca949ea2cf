using System.Text.Json;
using Agents.Hosting.Pictures;
using Agents.Reasoning;

namespace Agents.Cli.Solving;

/// <summary>Writes the events of a run to a file: one JSON object a line, or the picture of the run where the file is named <c>.html</c>.</summary>
internal sealed class EventTrace : IAsyncDisposable
{
    private readonly StreamWriter? writer;
    private readonly string title;
    private readonly List<ReasoningEvent>? drawn;

    private EventTrace(StreamWriter? writer, string title, bool isPicture)
    {
        this.writer = writer;
        this.title = title;
        drawn = isPicture ? [] : null;
    }

    /// <summary>Whether a file name asks for a picture.</summary>
    public static bool IsPicture(string? path) => path is not null && Path.GetExtension(path).ToUpperInvariant() is ".HTML" or ".HTM";

    public static EventTrace Open(string? path, string title) => new(path is null ? null : new StreamWriter(path, append: false), title, IsPicture(path));

    public void Write(ReasoningEvent happened)
    {
        if (drawn is not null)
            drawn.Add(happened);
        else
            writer?.WriteLine(JsonSerializer.Serialize(happened, ReasoningJson.Readable.ReasoningEvent));
    }

    /// <summary>Ends the file. A picture is drawn of what happened until then, so that an interrupted run has one too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (writer is null)
            return;
        if (drawn is not null)
            RunPicture.Write(writer, title, drawn);
        await writer.DisposeAsync();
    }
}
