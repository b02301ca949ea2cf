using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx;

/// <summary>
/// A conversation as tokens, by the folder's chat template and the runtime's tokenizer. The tokenizer is used by one caller at a
/// time: parallel calls silently give other ids. Texts of messages cannot forge control tokens: a name of one inside a text is
/// cut, and its parts are encoded apart. Thread-safe.
/// </summary>
internal sealed class ConversationEncoder : IDisposable
{
    private readonly object gate = new();
    private readonly Tokenizer tokenizer;
    private readonly IReadOnlyList<string> controls;
    private bool isDisposed;

    /// <param name="model">The loaded model.</param>
    /// <param name="controls">Names of control tokens, each of two characters or more.</param>
    public ConversationEncoder(Model model, IReadOnlyList<string> controls)
    {
        tokenizer = new Tokenizer(model);
        this.controls = controls;
    }

    /// <summary>The prompt of a conversation.</summary>
    /// <param name="messages">Its turns.</param>
    /// <param name="continues">Whether the last turn is the assistant's and stays open.</param>
    /// <exception cref="ArgumentException">A message holds what is not text, the last is not the assistant's, or the template refuses.</exception>
    public int[] Encode(IReadOnlyList<ChatMessage> messages, bool continues)
    {
        if (continues && (messages.Count == 0 || messages[^1].Role != ChatRole.Assistant))
            throw new ArgumentException("To continue an assistant's turn, the last message must be the assistant's.");
        string[] texts = [.. messages.Select(TextOf)];
        char cut = Unused(texts);
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Guard(texts[i], cut);
        int turns = continues ? texts.Length - 1 : texts.Length;
        var conversation = new JsonArray([.. Enumerable.Range(0, turns).Select(i => new JsonObject { ["role"] = messages[i].Role.Value, ["content"] = texts[i] })]);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(OnnxModel));
            string prompt = Render(conversation.ToJsonString());
            if (continues)
                prompt += Beyond(prompt, texts[^1]);
            return [.. prompt.Split(cut).SelectMany(Tokens)];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            tokenizer.Dispose();
        }
    }

    private string Render(string conversation)
    {
        try
        {
            return tokenizer.ApplyChatTemplate(null, conversation, null, add_generation_prompt: true);
        }
        catch (OnnxRuntimeGenAIException e)
        {
            throw new ArgumentException($"The chat template of the model refuses the conversation: {e.Message}", e);
        }
    }

    /// <summary>What a partial turn adds: templates that open the thinking themselves have written its first tag already.</summary>
    private static string Beyond(string prompt, string partial)
    {
        for (int length = Math.Min(prompt.Length, partial.Length); length > 0; length--)
        {
            if (partial[length - 1] == '\n' && prompt.EndsWith(partial[..length], StringComparison.Ordinal))
                return partial[length..];
        }

        return partial;
    }

    /// <summary>The tokens of a text; the runtime adds none of its own, those of the template are in the text.</summary>
    private int[] Tokens(string text)
    {
        using Sequences ids = tokenizer.Encode(text);
        return ids.NumSequences == 0 ? [] : ids[0].ToArray();
    }

    private string Guard(string text, char cut)
    {
        foreach (string name in controls)
        {
            while (text.Contains(name, StringComparison.Ordinal))
                text = text.Replace(name, name[..1] + cut + name[1..], StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A character of the private use area that stands in none of the texts.</summary>
    private static char Unused(string[] texts)
    {
        for (char candidate = '\uE000'; candidate < '\uF8FF'; candidate++)
        {
            if (!texts.Any(text => text.Contains(candidate, StringComparison.Ordinal)))
                return candidate;
        }

        throw new ArgumentException("The messages hold every character of the private use area; one is needed to separate their parts.");
    }

    private static string TextOf(ChatMessage message, int index)
    {
        foreach (AIContent content in message.Contents)
        {
            // Thinking of earlier turns is not repeated; usage is no content.
            if (content is not (TextContent or TextReasoningContent or UsageContent))
                throw new ArgumentException($"This model reads text only; message {index + 1} holds {content.GetType().Name}.");
        }

        return message.Text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException($"Message {index + 1} holds the character U+0000, at which the runtime would cut the prompt.")
            : message.Text;
    }
}
