using Microsoft.Extensions.AI;

namespace Agents.Models.Embedded;

/// <summary>
/// A conversation as tokens: the start token, then each turn as its role's token, its text and the end token, then the
/// assistant's role token. Texts are encoded apart from the control tokens, so that none of them can open or close a turn.
/// </summary>
internal sealed class TurnFormat(Tokenizer tokenizer)
{
    private readonly int start = tokenizer.Control("<|bos|>");
    private readonly int end = tokenizer.Control("<|end|>");
    private readonly int system = tokenizer.Control("<|system|>");
    private readonly int user = tokenizer.Control("<|user|>");
    private readonly int assistant = tokenizer.Control("<|assistant|>");

    /// <summary>The prompt of a conversation.</summary>
    /// <param name="messages">Its turns. What is not text in a tool's turn is read as the user's.</param>
    /// <param name="continues">Whether the last turn is the assistant's and stays open.</param>
    /// <exception cref="ArgumentException">A message holds what is not text, or the last one is not the assistant's.</exception>
    public EncodedPrompt Encode(IReadOnlyList<ChatMessage> messages, bool continues)
    {
        if (continues && (messages.Count == 0 || messages[^1].Role != ChatRole.Assistant))
            throw new ArgumentException("To continue an assistant's turn, the last message must be the assistant's.");
        var tokens = new List<int> { start };
        var words = new WordCount();
        for (int i = 0; i < messages.Count; i++)
        {
            tokens.Add(RoleOf(messages[i].Role));
            words += tokenizer.Encode(TextOf(messages[i], i), tokens);
            if (!continues || i < messages.Count - 1)
                tokens.Add(end);
        }

        if (!continues)
            tokens.Add(assistant);
        return new EncodedPrompt([.. tokens], words);
    }

    private int RoleOf(ChatRole role) => role == ChatRole.System ? system : role == ChatRole.Assistant ? assistant : user;

    private static string TextOf(ChatMessage message, int index)
    {
        foreach (AIContent content in message.Contents)
        {
            // Thinking of earlier turns is not repeated; usage is no content.
            if (content is not (TextContent or TextReasoningContent or UsageContent))
                throw new ArgumentException($"The embedded model reads text only; message {index + 1} holds {content.GetType().Name}.");
        }

        return message.Text;
    }
}

/// <summary>A conversation as tokens.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Words">Its words, and how many of them the vocabulary does not hold.</param>
internal sealed record EncodedPrompt(int[] Tokens, WordCount Words)
{
    /// <summary>Whether most of its words are outside the vocabulary: the model was never trained on such text.</summary>
    public bool IsOutsideVocabulary => Words.Unknown * 2 > Words.Words;
}
