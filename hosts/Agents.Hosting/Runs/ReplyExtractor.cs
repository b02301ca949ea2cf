using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Hosting.Runs;

/// <summary>The whole reply is the answer: what passing through means.</summary>
public sealed class ReplyExtractor : IAnswerExtractor
{
    public static ReplyExtractor Instance { get; } = new();

    public Answer? Extract(Sample sample, AnswerKind expected) => sample.IsOk ? Answer.Parse(sample.Text, AnswerKind.Text) : null;
}
