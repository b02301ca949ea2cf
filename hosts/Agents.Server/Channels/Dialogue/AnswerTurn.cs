using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Reasoning;
using Agents.Server.OpenAI;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Channels;

/// <summary>
/// Answers a question in a conversation: typing, what goes on, the answer with its card. What takes longer than a channel waits for is
/// announced and sent when it is there. The one place where a turn's failures become words. Thread-safe.
/// </summary>
internal sealed class AnswerTurn(ChannelOptions options, ServerOptions server, RunPlanner planner, RunService runs, TimeProvider time, ILogger<AnswerTurn> log)
{
    private static readonly TimeSpan lastWords = TimeSpan.FromSeconds(5);
    private readonly Caller everyone = new("channel", server.Limits, time);

    /// <summary>Answers. Throws nothing.</summary>
    /// <param name="conversation">Where the question was asked.</param>
    /// <param name="question">The question.</param>
    /// <param name="second">How to ask again where a first answer was rejected; null for a first attempt.</param>
    /// <param name="replies">Where replies go.</param>
    /// <param name="cancellationToken">Ends the turn, and every call that it has in flight.</param>
    public async Task RunAsync(Conversation conversation, string question, SecondAttemptOptions? second, Replies replies, CancellationToken cancellationToken)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool hasStream = replies.CanStream && second is null && conversation.TryTakeStream();
        PacedStream? stream = null;
        try
        {
            JsonObject message;
            // What is in work is the answer; who has it may ask again while the last reply is on its way.
            using (conversation.Caller.Enter())
            using (everyone.Enter())
            using (conversation.Begin(work))
            {
                await replies.UpdateAsync(ReplyJson.Typing(replies.To), work.Token);
                stream = hasStream ? new PacedStream(replies, options, time) : null;
                using CancellationTokenRegistration stop = stream?.StoppedByReader.Register(() => _ = work.CancelAsync()) ?? default;
                message = await AnswerAsync(conversation, question, second, replies, stream, work.Token);
            }

            await EndAsync(stream, replies, message, work.Token);
        }
        catch (ApiException e)
        {
            await SayAsync(stream, replies, ChannelWords.Of(e));
        }
        catch (OperationCanceledException)
        {
            if (stream?.StoppedByReader.IsCancellationRequested != true)
                await SayAsync(stream, replies, cancellationToken.IsCancellationRequested ? ChannelWords.Restarting : ChannelWords.Stopped);
        }
        catch (Exception e)
        {
            log.LogError("A turn of {Caller} failed with {ErrorType} at {Stack}", conversation.Caller.Name, e.GetType().FullName, e.StackTrace);
            await SayAsync(stream, replies, ChannelWords.Failed);
        }
        finally
        {
            if (stream is not null)
                await stream.DisposeAsync();
            if (hasStream)
                conversation.LeaveStream();
        }
    }

    private async Task<JsonObject> AnswerAsync(Conversation conversation, string question, SecondAttemptOptions? second, Replies replies, PacedStream? stream, CancellationToken cancellationToken)
    {
        string id = IdempotencyKey.NewRunId();
        RunQuestion asked = QuestionOf(conversation, question, second);
        var request = new CompletionRequest { Question = asked, Model = asked.Model ?? "" };
        RunPlan plan = planner.Plan(asked, id, options.Limits);
        if (stream is not null)
            plan = LiveSampler.Over(plan, request, Passing(stream));
        Task<ReasoningResult> run = runs.RunAsync(plan, conversation.Caller, null, happened => Inform(stream, happened), cancellationToken);
        if (!await EndsSoonAsync(run, cancellationToken))
        {
            await EndAsync(stream, replies, ReplyJson.Message(replies.To, ChannelWords.Later), cancellationToken);
            replies.Release();
        }

        ReasoningResult result = await run;
        everyone.Spend(result.Usage.InputTokens + result.Usage.OutputTokens);
        string content = Completion.Of(result, plan, request).Choices[0].Content ?? "";
        // Our prompts ask for the answer in tags; people need not read them.
        if (!plan.IsPassThrough)
            content = content.Replace("<answer>", "", StringComparison.OrdinalIgnoreCase).Replace("</answer>", "", StringComparison.OrdinalIgnoreCase);
        string text = ChannelText.Escape(content);
        stream?.Write(() => text);
        conversation.Remember(id, question, content);
        if (plan.IsPassThrough)
            return ReplyJson.Answer(replies.To, text, null);
        GivenAnswer answer = GivenAnswer.Of(id, question, result, plan, result.Answer?.Text ?? content) with { IsSecondAttempt = second is not null };
        conversation.Keep(answer);
        return ReplyJson.Answer(replies.To, text, AnswerCard.Of(answer));
    }

    private RunQuestion QuestionOf(Conversation conversation, string question, SecondAttemptOptions? second)
    {
        string strategy = second?.Strategy ?? conversation.Strategy ?? options.Strategy;
        bool takesSamples = strategy.Length > 0 && StrategyCatalogue.SettingsOf(strategy).Any(s => s.Name == "samples");
        int? samples = second is null ? options.Samples : second.Samples ?? options.Samples;
        JsonObject? reasoning = strategy.Length == 0 ? null : new JsonObject { ["strategy"] = strategy };
        if (takesSamples && samples is { } count)
            reasoning!["samples"] = count;
        return new RunQuestion
        {
            Messages = conversation.With(question),
            Model = second?.Model ?? options.Model,
            Reasoning = reasoning is null ? null : JsonElement.Parse(reasoning.ToJsonString()),
        };
    }

    // A model whose reply is passed on as it is can be read while it writes.
    private static Action<string?, string?> Passing(PacedStream stream)
    {
        var written = new StringBuilder();
        return (_, piece) =>
        {
            if (piece is null)
                return;
            lock (written)
                written.Append(piece);
            stream.Write(SoFar);
        };

        string SoFar()
        {
            lock (written)
                return ChannelText.Escape(ThinkingSplit.Of(written.ToString()).Text);
        }
    }

    private static void Inform(PacedStream? stream, ReasoningEvent happened)
    {
        if (stream is not null && ProgressText.Of(happened) is { } words)
            stream.Inform(ChannelText.Escape(ChannelText.Cut(words, ReplyJson.MaxInformativeCharacters / 2)));
    }

    private async Task<bool> EndsSoonAsync(Task run, CancellationToken cancellationToken)
    {
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var limit = Task.Delay(TimeSpan.FromSeconds(options.StreamSeconds), time, isOver.Token);
        bool isSoon = await Task.WhenAny(run, limit) == run || limit.IsCanceled;
        await isOver.CancelAsync();
        return isSoon;
    }

    private async Task SayAsync(PacedStream? stream, Replies replies, string text)
    {
        // The turn's own token may be what ended it.
        using var limit = new CancellationTokenSource(lastWords, time);
        try
        {
            await EndAsync(stream, replies, ReplyJson.Message(replies.To, text), limit.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("The channel {Channel} did not take the last words of a turn in time", replies.To.ChannelId);
        }
    }

    private static async Task EndAsync(PacedStream? stream, Replies replies, JsonObject message, CancellationToken cancellationToken)
    {
        if (stream is null || !await stream.EndAsync(message, cancellationToken))
            await replies.SendAsync(message, cancellationToken);
    }
}
