using Microsoft.Extensions.AI;

namespace Agents.Server.Channels;

/// <summary>What is remembered of a conversation: its last turns, its strategy, its answers that can still be decided about. All bounded. Thread-safe.</summary>
internal sealed class Conversation(Caller caller, ChannelOptions options)
{
    private const int MaxAnswers = 16;
    private const int MaxSeen = 64;
    private readonly Lock gate = new();
    private readonly List<ConversationTurn> turns = [];
    private readonly List<GivenAnswer> answers = [];
    private readonly Queue<string> seen = new();
    private readonly List<CancellationTokenSource> inWork = [];
    private bool hasStream;

    /// <summary>Whose limits hold: the conversation's own.</summary>
    public Caller Caller => caller;

    /// <summary>The strategy that was chosen in the conversation; null for the configured.</summary>
    public string? Strategy { get; set; }

    /// <summary>Whether an activity comes for the first time: channels send again what they think was lost.</summary>
    public bool IsNew(string? activityId)
    {
        lock (gate)
        {
            if (activityId is null)
                return true;
            if (seen.Contains(activityId))
                return false;
            seen.Enqueue(activityId);
            if (seen.Count > MaxSeen)
                seen.Dequeue();
            return true;
        }
    }

    /// <summary>What was said so far, then a question.</summary>
    public IReadOnlyList<ChatMessage> With(string question)
    {
        lock (gate)
            return [.. turns.SelectMany(t => (IEnumerable<ChatMessage>)[new ChatMessage(ChatRole.User, t.Question), new ChatMessage(ChatRole.Assistant, t.Answer)]), new ChatMessage(ChatRole.User, question)];
    }

    /// <summary>Remembers a turn.</summary>
    public void Remember(string answerId, string question, string answer)
    {
        lock (gate)
        {
            turns.Add(new ConversationTurn(answerId, ChannelText.Cut(question, options.MaxTurnCharacters), ChannelText.Cut(answer, options.MaxTurnCharacters)));
            if (turns.Count > options.MaxTurns)
                turns.RemoveAt(0);
        }
    }

    /// <summary>Forgets all turns.</summary>
    public void Reset()
    {
        lock (gate)
            turns.Clear();
    }

    /// <summary>Keeps an answer for its readers to decide about.</summary>
    public void Keep(GivenAnswer answer)
    {
        lock (gate)
        {
            answers.Add(answer);
            if (answers.Count > MaxAnswers)
                answers.RemoveAt(0);
        }
    }

    /// <summary>Decides about an answer, once. A rejected one is forgotten, so that nothing is built on it.</summary>
    /// <returns>The answer, and whether this decided it; null where it is not known any more.</returns>
    public (GivenAnswer Answer, bool IsDecidedNow)? Decide(string answerId, AnswerDecision decision)
    {
        lock (gate)
        {
            int at = answers.FindIndex(a => a.Id == answerId);
            if (at < 0)
                return null;
            if (answers[at].Decision is not null)
                return (answers[at], false);
            answers[at] = answers[at] with { Decision = decision };
            if (decision == AnswerDecision.Rejected)
                turns.RemoveAll(t => t.AnswerId == answerId);
            return (answers[at], true);
        }
    }

    /// <summary>Takes the conversation's only stream, if it is free.</summary>
    public bool TryTakeStream()
    {
        lock (gate)
            return !hasStream && (hasStream = true);
    }

    /// <summary>Gives the stream back.</summary>
    public void LeaveStream()
    {
        lock (gate)
            hasStream = false;
    }

    /// <summary>Begins work that <see cref="Cancel"/> ends.</summary>
    /// <returns>Disposed when the work is over.</returns>
    public IDisposable Begin(CancellationTokenSource work)
    {
        lock (gate)
            inWork.Add(work);
        return new Work(this, work);
    }

    /// <summary>Ends what is in work.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Cancel()
    {
        lock (gate)
        {
            // Nothing that a cancellation sets off runs in here: each one only completes awaited tasks.
            foreach (CancellationTokenSource work in inWork)
                _ = work.CancelAsync();
            return inWork.Count > 0;
        }
    }

    private sealed class Work(Conversation conversation, CancellationTokenSource source) : IDisposable
    {
        public void Dispose()
        {
            lock (conversation.gate)
                conversation.inWork.Remove(source);
        }
    }

    private sealed record ConversationTurn(string AnswerId, string Question, string Answer);
}
