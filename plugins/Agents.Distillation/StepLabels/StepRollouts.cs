using Agents.Answers;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Distillation;

/// <summary>
/// Completions of solutions from a prefix: how often the model reaches the right answer from there says whether the prefix is right.
/// Wang et al. 2023, Math-Shepherd, arXiv:2312.08935. A model that can continue a partial reply continues the text as it stands; any
/// other is shown the steps. Calls: N a prefix.
/// </summary>
/// <param name="teacher">The model that completes.</param>
/// <param name="completions">Completions a prefix (N), at least 1.</param>
internal sealed class StepRollouts(TeacherModel teacher, int completions)
{
    private const string RestOfSolution = "Reasoning/RestOfSolution";

    /// <summary>Completes a trace after its first steps.</summary>
    /// <param name="question">The question, with its right answer.</param>
    /// <param name="text">The trace's text.</param>
    /// <param name="spans">Its steps.</param>
    /// <param name="last">The last step of the prefix, from 0.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<PrefixValue> FromAsync(TrainingQuestion question, string text, IReadOnlyList<TraceSpan> spans, int last, CancellationToken cancellationToken)
    {
        string prefix = text[..spans[last].End];
        ReasoningRequest request = teacher.Request(question.Question);
        SampleOptions options = teacher.Options(request);
        bool isContinued = teacher.Model.Capabilities.ContinueAssistant;
        IReadOnlyList<CallOutcome> outcomes = isContinued
            ? await teacher.AskAsync([.. teacher.Prompt.Render(request), new ChatMessage(ChatRole.Assistant, prefix)], options with { ContinueAssistant = true }, completions, cancellationToken).ConfigureAwait(false)
            : await teacher.AskAsync(teacher.Prompts[RestOfSolution].Render(request.Messages, ("steps", Numbered(spans, last))), options, completions, cancellationToken).ConfigureAwait(false);
        var gold = Answer.Parse(question.Gold!);
        int right = 0;
        string? next = null;
        foreach (CallOutcome outcome in outcomes)
        {
            string whole = isContinued ? prefix + outcome.Text : outcome.Text ?? "";
            if (Trace.RightOf(gold, request.Extractor.Extract(new Sample(0, "", outcome with { Text = whole }), teacher.Expected)) != true)
                continue;
            right++;
            next ??= isContinued ? NextOf(whole, prefix.Length) : null;
        }

        return new PrefixValue(right, outcomes.Count, next);
    }

    /// <summary>The first step that ends after the prefix, as it was written; null where the completion has none.</summary>
    private static string? NextOf(string whole, int prefix) =>
        TraceSpan.Of(whole).FirstOrDefault(s => s.End > prefix) is { End: > 0 } next && whole[prefix..next.End] is { } written && !string.IsNullOrWhiteSpace(written) ? written : null;

    private static string Numbered(IReadOnlyList<TraceSpan> spans, int last) =>
        string.Join('\n', spans.Take(last + 1).Select((s, i) => FormattableString.Invariant($"{i + 1}. {s.Text}")));
}

/// <summary>What completions of a prefix came to.</summary>
/// <param name="Right">Completions that reached the right answer.</param>
/// <param name="Of">Completions in all; 0 where all failed, or none was drawn.</param>
/// <param name="RightNext">The step that follows in the first right one, as it was written; null for none.</param>
internal readonly record struct PrefixValue(int Right, int Of, string? RightNext);
