using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Requests;
using Agents.Hosting.Runs;
using Agents.Reasoning;
using Agents.Reasoning.Composition;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Workflows;

namespace Agents.Hosting.Operations;

/// <summary>
/// Turns the body of any operation into a run. Every operation is a strategy on the loop, so that all are limited, metered,
/// journaled and carried out alike, by whichever host. Thread-safe.
/// </summary>
/// <param name="planner">Plans the runs.</param>
/// <param name="workflows">The workflows that can be asked for by name.</param>
/// <param name="maxMessages">How many messages a conversation may have.</param>
public sealed class OperationPlanner(RunPlanner planner, ServedWorkflows workflows, int maxMessages = 1024)
{
    /// <summary>The run that an operation asks for.</summary>
    /// <param name="operation">Which, <see cref="Operation"/>.</param>
    /// <param name="body">The request's body, a JSON object.</param>
    /// <param name="runId">The run's identity.</param>
    /// <param name="limits">What the caller may use.</param>
    /// <exception cref="ApiException">The body asks for what there is not, or for more than its caller may use.</exception>
    public RunPlan Plan(string operation, JsonElement body, string runId, CallerLimits limits) => operation switch
    {
        Operation.Reason => planner.Plan(ReasonRequest.Read(body, maxMessages), runId, limits),
        Operation.Sample => planner.Plan(Sampling(body), runId, limits),
        Operation.Verify => Step(body, ["candidates", "verifier"], runId, limits, () => new GivenSolutionsStrategy(Candidates(body, limits), Verifier(body))),
        Operation.Vote => Step(body, ["candidates"], runId, limits, () => new GivenSolutionsStrategy(Candidates(body, limits))),
        Operation.Refine => Step(body, ["candidates", "verifier", "samples", "accept", "patience"], runId, limits, () => new GivenSolutionsStrategy(Candidates(body, limits)).Refine(Verifier(body), Refining(body, limits))),
        _ when operation.StartsWith(Operation.WorkflowPrefix, StringComparison.Ordinal) => Step(body, [], runId, limits, () => workflows.Find(operation[Operation.WorkflowPrefix.Length..])),
        _ => throw ApiException.NotFound($"There is no operation '{Parameters.Shown(operation)}'.", "unknown_url"),
    };

    private RunPlan Step(JsonElement body, string[] names, string runId, CallerLimits limits, Func<IReasoningStrategy> strategy)
    {
        RunQuestion question = ReasonRequest.ReadStep(body, maxMessages, names);
        return planner.Plan(question, strategy(), runId, limits);
    }

    private RunQuestion Sampling(JsonElement body)
    {
        RunQuestion question = ReasonRequest.ReadStep(body, maxMessages, "samples", "prompt");
        JsonObject reasoning = JsonObject.Create(question.Reasoning!.Value)!;
        reasoning["strategy"] = RepeatedSamplingStrategy.About.Name;
        reasoning["samples"] = Parameters.Find(body, "samples") is { } samples ? Parameters.Integer(samples, "samples", 1, 1000) : 1;
        if (Parameters.Find(body, "prompt") is { } prompt)
            reasoning["prompt"] = Parameters.Text(prompt, "prompt");
        return question with { Reasoning = JsonElement.Parse(reasoning.ToJsonString()), DefaultStrategy = null };
    }

    private static GivenSolution[] Candidates(JsonElement body, CallerLimits limits)
    {
        JsonElement field = Parameters.Find(body, "candidates") ?? throw ApiException.Invalid("candidates", "'candidates' is needed: the solutions, as texts or as objects with 'text', 'answer' and 'score'.", "missing_parameter");
        int count = Parameters.Array(field, "candidates").GetArrayLength();
        if (count == 0 || count > limits.MaxSamples)
            throw ApiException.Invalid("candidates", $"'candidates' must hold 1 to {limits.MaxSamples} solutions.", count == 0 ? "invalid_value" : "limit_exceeded");
        return [.. field.EnumerateArray().Select((item, i) => CandidateReader.Read(item, $"candidates[{i}]"))];
    }

    private static IVerifier Verifier(JsonElement body)
    {
        JsonElement field = Parameters.Find(body, "verifier") ?? throw ApiException.Invalid("verifier", "'verifier' is needed: the name of one, or a mapping as in a workflow.", "missing_parameter");
        try
        {
            return VerifierDocument.Read(field, "verifier");
        }
        catch (WorkflowException e)
        {
            throw ApiException.Invalid("verifier", string.Join(" ", e.Errors.Select(x => x with { Line = null })));
        }
    }

    private static RefineOptions Refining(JsonElement body, CallerLimits limits)
    {
        var options = new RefineOptions();
        return options with
        {
            MaxCandidates = Parameters.Find(body, "samples") is { } samples ? (int)Parameters.Integer(samples, "samples", 1, limits.MaxSamples) : Math.Min(options.MaxCandidates, limits.MaxSamples),
            Accept = Parameters.Find(body, "accept") is { } accept ? Parameters.Number(accept, "accept", 0.000001, 1) : options.Accept,
            Patience = Parameters.Find(body, "patience") is { } patience ? (int)Parameters.Integer(patience, "patience", 1, 1000) : options.Patience,
        };
    }
}
