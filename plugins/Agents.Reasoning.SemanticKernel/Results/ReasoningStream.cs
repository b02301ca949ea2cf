using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// The events of one run; the last is <see cref="RunCompleted"/> with the result. The run starts when the stream is read, and
/// leaving the stream cancels it. For one reader.
/// </summary>
[JsonConverter(typeof(ReasoningStreamJsonConverter))]
public sealed class ReasoningStream : IAsyncEnumerable<ReasoningEvent>
{
    private readonly Func<Action<ReasoningEvent>, CancellationToken, Task<ReasoningResult>> run;
    private readonly CancellationToken caller;

    internal ReasoningStream(Func<Action<ReasoningEvent>, CancellationToken, Task<ReasoningResult>> run, CancellationToken caller)
    {
        this.run = run;
        this.caller = caller;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerator<ReasoningEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var events = Channel.CreateUnbounded<ReasoningEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, caller);
        Task<ReasoningResult> running = DriveAsync();
        try
        {
            await foreach (ReasoningEvent happened in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return happened;
            await running.ConfigureAwait(false);
        }
        finally
        {
            // Nobody pays for an answer that nobody reads.
            await abandoned.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(running).ConfigureAwait(false);
        }

        async Task<ReasoningResult> DriveAsync()
        {
            try
            {
                return await run(happened => events.Writer.TryWrite(happened), abandoned.Token).ConfigureAwait(false);
            }
            finally
            {
                events.Writer.TryComplete();
            }
        }
    }
}
