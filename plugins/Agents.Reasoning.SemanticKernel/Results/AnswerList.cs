using System.ComponentModel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>Texts to vote on: a list, a JSON array of strings, or text with one a line.</summary>
[TypeConverter(typeof(AnswerListConverter))]
#pragma warning disable CA1002, CA1010 // A list by design: its JSON schema, which a model reads, is an array of strings.
public sealed class AnswerList : List<string>
#pragma warning restore CA1002, CA1010
{
    /// <summary>Creates an empty list.</summary>
    public AnswerList()
    {
    }

    /// <summary>Creates a list of these texts.</summary>
    public AnswerList(IEnumerable<string> texts)
        : base(texts)
    {
    }
}
