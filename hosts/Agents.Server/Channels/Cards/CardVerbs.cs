namespace Agents.Server.Channels;

/// <summary>What the buttons of our cards say when they are pressed.</summary>
internal static class CardVerbs
{
    /// <summary>The answer stands.</summary>
    public const string Approve = "approve";

    /// <summary>Another answer is wanted.</summary>
    public const string Reject = "reject";

    /// <summary>The conversation is to use the strategy that the field of the same name chooses.</summary>
    public const string Strategy = "strategy";

    /// <summary>The field with the answer's id.</summary>
    public const string AnswerField = "answer";
}
