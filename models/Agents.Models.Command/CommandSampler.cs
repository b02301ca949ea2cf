using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Models.Command;

/// <summary>
/// A command as a model: the last assistant message is the code, the last user message the question, the reply is what the
/// command wrote, with its exit code as metadata. Being a model below the context, it is journaled, replayed and metered like
/// one. A command that could not run is a failed call. Thread-safe; runs at most <see cref="CommandOptions.MaxParallel"/> at once.
/// </summary>
public sealed class CommandSampler : ISampler, IDisposable
{
    private readonly CommandOptions options;
    private readonly SemaphoreSlim places;

    /// <summary>Creates the model.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CommandSampler(CommandOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        places = new SemaphoreSlim(options.MaxParallel);
        string decisive = string.Join('\n', [.. options.Command, options.FileName, .. options.CannotRunExitCodes.Select(c => c.ToString(CultureInfo.InvariantCulture)), options.TimeLimitSeconds.ToString(CultureInfo.InvariantCulture)]);
        ModelId = $"command:{Path.GetFileName(options.Command[0])}@{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(decisive)).AsSpan(0, 6))}";
    }

    /// <summary><c>command:PROGRAM@HASH</c>; the hash is of all that decides its verdicts.</summary>
    public string ModelId { get; }

    /// <inheritdoc/>
    public SamplerCapabilities Capabilities { get; } = new() { Usage = true };

    /// <inheritdoc/>
    public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Leaving the enumeration early ends what still runs, and waits for it.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var finished = Channel.CreateUnbounded<SampleDelivery>();
        Task[] runs = [.. batch.Requests.Select(r => RunAsync(batch, r, finished.Writer, leaving.Token))];
        try
        {
            for (int i = 0; i < runs.Length; i++)
                yield return await finished.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(runs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private async Task RunAsync(SampleBatch batch, SampleRequest request, ChannelWriter<SampleDelivery> finished, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            string code = Last(batch, ChatRole.Assistant), question = Last(batch, ChatRole.User);
            CallOutcome outcome = Outcome(await CommandRun.RunAsync(options, code, question, cancellationToken).ConfigureAwait(false));
            await finished.WriteAsync(new SampleDelivery(request.Key, outcome), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    private CallOutcome Outcome(CommandResult result)
    {
        if (result.CannotRun is { } reason)
            return CallOutcome.Failed(CallFailureKind.Unavailable, reason);
        if (!result.TimedOut && options.CannotRunExitCodes.Contains(result.ExitCode))
            return CallOutcome.Failed(CallFailureKind.Unavailable, string.Create(CultureInfo.InvariantCulture, $"The command ended with exit code {result.ExitCode}, which says that it could not run. {result.Output}").TrimEnd());
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal) { [UnitTestVerifier.ExitCode] = result.ExitCode.ToString(CultureInfo.InvariantCulture) };
        if (result.TimedOut)
            facts[UnitTestVerifier.TimedOut] = "true";
        return CallOutcome.FromText(result.Output, new CallUsage(0, 0)) with { Metadata = facts };
    }

    private static string Last(SampleBatch batch, ChatRole role) => batch.Messages.LastOrDefault(m => m.Role == role)?.Text ?? "";
}
