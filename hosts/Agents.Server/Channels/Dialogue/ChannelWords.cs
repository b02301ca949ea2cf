namespace Agents.Server.Channels;

/// <summary>What the agent itself says in a conversation.</summary>
internal static class ChannelWords
{
    public const string Later = "This takes longer. I am working on it, and the answer will come here.";
    public const string Stopped = "Stopped.";
    public const string Restarting = "The server is stopping, and your question with it. Please ask again in a moment.";
    public const string Failed = "Something went wrong here; the server's log says more.";
    public const string NothingToStop = "Nothing is in work.";
    public const string Forgotten = "I have forgotten what was said here.";
    public const string FixedStrategy = "The strategy cannot be chosen here.";

    /// <summary>An error in words for a reader. What it repeats of others is escaped.</summary>
    public static string Of(ApiException error) => error.Code switch
    {
        "concurrency" => "I am still working on the question before. Say /cancel to stop it.",
        "tokens_per_minute" => FormattableString.Invariant($"This conversation has used what it may in a minute. Please ask again in {Math.Ceiling(error.RetryAfter?.TotalSeconds ?? 60)} seconds."),
        _ => "No answer: " + ChannelText.Escape(ChannelText.Cut(error.Message, 500)),
    };
}
