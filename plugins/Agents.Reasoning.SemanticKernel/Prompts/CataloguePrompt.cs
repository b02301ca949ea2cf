using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// A prompt of the catalogue as a kernel's template. The kernel reads the rendered prompt again as XML: every message goes there
/// as character data in which each character that XML or the reader would treat is an entity, so that what comes out is what the
/// catalogue rendered, to the character. A variable without a value or a default is an error that names it.
/// </summary>
/// <param name="prompt">The prompt.</param>
internal sealed class CataloguePrompt(PromptTemplate prompt) : IPromptTemplate
{
    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        (string, string)[] values = [.. prompt.Variables.Where(name => arguments?.ContainsName(name) == true).Select(name => (name, Text(kernel, arguments![name])))];
        var text = new StringBuilder();
        foreach (ChatMessage message in prompt.Render([], values))
        {
            text.Append(CultureInfo.InvariantCulture, $"<message role=\"{message.Role.Value}\"><![CDATA[");
            AppendEncoded(text, message.Text);
            text.Append("]]></message>\n");
        }

        return Task.FromResult(text.ToString());
    }

    private static string Text(Kernel kernel, object? value) =>
        value switch { null => "", string text => text, IFormattable number => number.ToString(null, kernel.Culture), _ => value.ToString() ?? "" };

    private static void AppendEncoded(StringBuilder text, string message)
    {
        for (int i = 0; i < message.Length; i++)
        {
            char c = message[i];
            bool isEdge = i == 0 || i == message.Length - 1;
            if (c is '&' or '<' or '>' || c < ' ' && c != '\n' || isEdge && char.IsWhiteSpace(c))
                text.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
            else if (c is '\uFFFE' or '\uFFFF' || char.IsSurrogate(c) && !IsInPair(message, i))
                text.Append('\uFFFD');
            else
                text.Append(c);
        }
    }

    // XML carries no half of a surrogate pair, and neither does UTF-8 to a model.
    private static bool IsInPair(string text, int i) =>
        char.IsHighSurrogate(text[i]) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]);
}
