using System.Text;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>
/// A prompt in Semantic Kernel's folder format: <c>skprompt.txt</c> with <c>{{$name}}</c> variables and optional
/// <c>&lt;message role="…"&gt;</c> tags (inside which it is XML text), and <c>config.json</c> that declares every variable. There is no logic in a prompt.
/// Values are put in after the tags were read, so a value cannot open a message of its own. Immutable, thread-safe.
/// </summary>
public sealed class PromptTemplate
{
    private readonly IReadOnlyList<(ChatRole Role, string Text)> sections;

    private PromptTemplate(string name, IReadOnlyList<(ChatRole, string)> sections, IReadOnlyList<string> variables, SampleOptions options, string hash)
    {
        Name = name;
        this.sections = sections;
        Variables = variables;
        Options = options;
        Hash = hash;
    }

    /// <summary>The prompt's name, <c>Plugin/Function</c>.</summary>
    public string Name { get; }

    /// <summary>The variables it declares, in the order of <c>config.json</c>.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The default execution settings of <c>config.json</c>.</summary>
    public SampleOptions Options { get; }

    /// <summary>Hash of text and settings: part of a strategy's fingerprint and of traces.</summary>
    public string Hash { get; }

    /// <summary>Reads a prompt.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The content of <c>skprompt.txt</c>.</param>
    /// <param name="config">The content of <c>config.json</c>, or null when there is none.</param>
    /// <exception cref="FormatException">A tag or variable is malformed, or a variable is used but not declared.</exception>
    public static PromptTemplate Parse(string name, string text, string? config)
    {
        text = text.ReplaceLineEndings("\n").TrimEnd('\n');
        PromptConfig settings = PromptConfig.Parse(name, config);
        IReadOnlyList<(ChatRole, string)> sections = PromptSections.Split(name, text);
        foreach ((_, string section) in sections)
        {
            foreach (string variable in VariablesOf(name, section))
            {
                if (!settings.Variables.Contains(variable, StringComparer.Ordinal))
                    throw new FormatException($"Prompt {name} uses {{{{${variable}}}}}, which its config.json does not declare.");
            }
        }

        return new PromptTemplate(name, sections, settings.Variables, settings.Options, PromptHash.Of(text + "\0" + config));
    }

    /// <summary>
    /// Puts the values in. The conversation before the last user message is kept: system messages of the prompt come first,
    /// the rest of the prompt takes the place of that message.
    /// </summary>
    /// <param name="conversation">The request's messages; empty for none.</param>
    /// <param name="values">A value for every declared variable; <c>input</c> defaults to the last user message.</param>
    /// <exception cref="ArgumentException">A declared variable has no value.</exception>
    public IReadOnlyList<ChatMessage> Render(IReadOnlyList<ChatMessage> conversation, params IReadOnlyList<(string Name, string Value)> values)
    {
        int last = conversation.Count - 1;
        while (last >= 0 && conversation[last].Role != ChatRole.User)
            last--;
        var bound = values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        if (last >= 0)
            bound.TryAdd("input", conversation[last].Text);
        foreach (string variable in Variables)
        {
            if (!bound.ContainsKey(variable))
                throw new ArgumentException($"Prompt {Name} needs a value for '{variable}'.", nameof(values));
        }

        var messages = new List<ChatMessage>();
        messages.AddRange(Rendered(system: true));
        for (int i = 0; i < conversation.Count; i++)
        {
            if (i == last)
                messages.AddRange(Rendered(system: false));
            else
                messages.Add(conversation[i]);
        }

        if (last < 0)
            messages.AddRange(Rendered(system: false));
        return messages;

        IEnumerable<ChatMessage> Rendered(bool system) => sections
            .Where(s => s.Role == ChatRole.System == system)
            .Select(s => new ChatMessage(s.Role, Fill(s.Text, bound)));
    }

    private static string Fill(string text, Dictionary<string, string> values)
    {
        var filled = new StringBuilder(text.Length + 256);
        int at = 0;
        for (int open = text.IndexOf("{{$", StringComparison.Ordinal); open >= 0; open = text.IndexOf("{{$", at, StringComparison.Ordinal))
        {
            int close = text.IndexOf("}}", open, StringComparison.Ordinal);
            filled.Append(text, at, open - at).Append(values[text[(open + 3)..close].Trim()]);
            at = close + 2;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static IEnumerable<string> VariablesOf(string name, string text)
    {
        for (int open = text.IndexOf("{{", StringComparison.Ordinal); open >= 0; open = text.IndexOf("{{", open + 2, StringComparison.Ordinal))
        {
            int close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0 || text.Length <= open + 2 || text[open + 2] != '$')
                throw new FormatException($"Prompt {name}: '{text[open..Math.Min(text.Length, open + 24)]}' is not a variable; only {{{{$name}}}} is allowed.");
            yield return text[(open + 3)..close].Trim();
        }
    }
}
