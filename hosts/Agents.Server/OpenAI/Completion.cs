using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.OpenAI;

/// <summary>A completion, whole or streamed: what of a result the client gets.</summary>
/// <param name="Choices">The answers, the best first; equal answers stand there once.</param>
/// <param name="Result">The result that they were taken from.</param>
/// <param name="IsPassThrough">Whether there was no strategy, so that there is nothing to say about one.</param>
internal sealed record Completion(IReadOnlyList<CompletionChoice> Choices, ReasoningResult Result, bool IsPassThrough)
{
    /// <summary>
    /// Tokens of all inner calls less those of the reply's own sample: what was thought and not said. Our convention, as the API
    /// has no word for discarded samples.
    /// </summary>
    public long ReasoningTokens { get; private init; }

    /// <summary>The completion of a result.</summary>
    /// <exception cref="ApiException">There is nothing to answer with.</exception>
    public static Completion Of(ReasoningResult result, RunPlan plan, CompletionRequest request)
    {
        Candidate[] ranked = [.. Ranked(result, plan.IsPassThrough).Take(request.Question.Answers)];
        if (ranked.Length == 0 && request.Form is null && FirstReply(result) is { } reply)
            ranked = [reply];
        if (ranked.Length == 0)
            throw request.Form is { } form && FirstReply(result) is { } formless ? Formless(form, formless) : RunFailure.Of(result);

        CompletionChoice[] choices = [.. ranked.Select(c => Choice(c, request))];
        if (request.Form is not null && !plan.IsPassThrough && result.Votes.Count > 0 && Consensus(result, request.Form) is { } consensus)
            choices[0] = choices[0] with { Content = consensus };
        long own = ranked.Sum(c => c.Sample.Outcome.Usage is { } used ? used.OutputTokens - used.ReasoningTokens : 0);
        return new Completion(choices, result, plan.IsPassThrough) { ReasoningTokens = Math.Max(0, result.Usage.OutputTokens - own) };
    }

    private static IEnumerable<Candidate> Ranked(ReasoningResult result, bool isPassThrough)
    {
        if (isPassThrough)
            return result.Candidates.Where(c => c.Answer is not null);
        if (result.Selected is not { Answer: not null } selected)
            return [];
        IEnumerable<Candidate> others = result.Votes
            .Where(v => !v.Candidates.Contains(selected.Index))
            .SelectMany(v => result.Candidates.Where(c => c.Index == v.Candidates[0]));
        return others.Prepend(selected);
    }

    // Words that state no answer which could be voted on are still words: the first reply is as good as any.
    private static Candidate? FirstReply(ReasoningResult result) => result.Candidates.FirstOrDefault(c => c.Sample.IsOk);

    private static ApiException Formless(ReplyForm form, Candidate reply)
    {
        string problem = ReplyForm.Read(reply.Sample.Text) is { } value ? form.ProblemOf(value) ?? "it abstains" : "it is no JSON";
        return new ApiException(422, "invalid_request_error", $"No reply has the form asked for. Of the first: {problem}.", "response_format", "response_format_not_satisfied");
    }

    private static string? Consensus(ReasoningResult result, ReplyForm form)
    {
        JsonElement[] values = [.. result.Candidates.Where(c => c.Answer is not null).Select(c => ReplyForm.Read(c.Sample.Text)).OfType<JsonElement>()];
        if (values.Length < 2 || JsonConsensus.Of(values) is not { } consensus)
            return null;
        // Fields that agree one by one need not satisfy the schema together: then the plurality of whole replies stands.
        string text = consensus.ToJsonString();
        return form.ProblemOf(JsonElement.Parse(text)) is null ? text : null;
    }

    private static CompletionChoice Choice(Candidate candidate, CompletionRequest request)
    {
        CallOutcome outcome = candidate.Sample.Outcome;
        (string? written, string text) = ThinkingSplit.Of(candidate.Sample.Text);
        string? calls = ToolCallExtractor.CallsOf(candidate.Sample);
        string content = request.Form is not null && ReplyForm.Read(candidate.Sample.Text) is { } json ? json.GetRawText()
            : request.AnswerOnly && calls is null && candidate.Answer is { } answer ? answer.Text
            : text;
        return new CompletionChoice(calls is not null && content.Length == 0 ? null : content, outcome.Thinking ?? written, calls, FinishReason(outcome, calls));
    }

    private static string FinishReason(CallOutcome outcome, string? calls) =>
        calls is not null ? "tool_calls" : outcome.FinishReason is "length" or "content_filter" ? outcome.FinishReason : "stop";
}

/// <summary>One answer.</summary>
/// <param name="Content">The text, or null where there are calls in its place.</param>
/// <param name="Thinking">The thinking before it, or null.</param>
/// <param name="ToolCalls">Calls of the caller's tools, as a JSON array; null for none.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>tool_calls</c> or <c>content_filter</c>.</param>
internal sealed record CompletionChoice(string? Content, string? Thinking, string? ToolCalls, string FinishReason);
