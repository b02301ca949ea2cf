using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Hosting.Requests;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Workflows;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Runs;

/// <summary>
/// Turns a question into a run: which model, which strategy, within which limits. A strategy is named by the model's id or by
/// the field <c>reasoning</c>, and by nothing else; the text of messages is never looked at.
/// </summary>
public sealed class RunPlanner(ServedModels models)
{
    private const string Field = "reasoning";

    // Strategies that vote on whatever the extractor reads, and show no candidate to another model.
    private static readonly string[] voting = ["self-consistency", "adaptive-consistency", "early-stopping-consistency", "repeated-sampling"];

    /// <summary>The run that answers a question.</summary>
    /// <exception cref="ApiException">The question asks for what there is not, or for more than its caller may use.</exception>
    public RunPlan Plan(RunQuestion question, string runId, CallerLimits limits)
    {
        (ServedModel model, string? named) = Resolve(question.Model);
        return Plan(question, model, named, runId, limits);
    }

    /// <summary>The run that answers a question on a model that the caller brings. The question names none.</summary>
    /// <exception cref="ApiException">The question asks for what there is not, or for more than its caller may use.</exception>
    public static RunPlan Plan(RunQuestion question, ServedModel model, string runId, CallerLimits limits) => Plan(question, model, null, runId, limits);

    private static RunPlan Plan(RunQuestion question, ServedModel model, string? named, string runId, CallerLimits limits)
    {
        JsonElement? reasoning = question.Reasoning;
        if (reasoning is { } field)
            Parameters.Object(field, Field);
        bool hasWorkflow = reasoning is { } r && Parameters.Find(r, "workflow") is not null;
        string? inField = reasoning is { } f && Parameters.Find(f, "strategy") is { } s ? Parameters.Text(s, "reasoning.strategy") : null;
        if (named is not null && (hasWorkflow || (inField is not null && !string.Equals(inField, named, StringComparison.OrdinalIgnoreCase))))
            throw ApiException.Invalid("reasoning.strategy", $"The model '{Parameters.Shown(question.Model!)}' names the strategy {named} already.");
        if (question.RemoteParameter is { } remote && !model.IsRemote)
            throw ApiException.Unsupported(remote, $"'{remote}' is not supported by the model '{model.Name}'.");

        string? strategy = named ?? inField ?? (hasWorkflow ? null : question.DefaultStrategy);
        bool isPassThrough = strategy is null && !hasWorkflow;
        CheckCount(question.Answers, "n", limits);
        IReasoningStrategy chosen = isPassThrough ? PassThrough(question, model, reasoning) : Choose(question, strategy, reasoning, limits);
        if (chosen.Description.RefusalOf(model.Models.Default.Capabilities) is { } refusal)
            throw ApiException.Unsupported("reasoning.strategy", refusal);
        if (!isPassThrough && question.Messages.All(m => m.Role != ChatRole.User))
            throw ApiException.Invalid("messages", "A strategy needs a message of the role user: the question.");
        return Planned(question, model, chosen, isPassThrough, runId, limits);
    }

    /// <summary>The run of a strategy that is there already: of a step, or a workflow by its name.</summary>
    /// <exception cref="ApiException">The question asks for what there is not, or for more than its caller may use.</exception>
    public RunPlan Plan(RunQuestion question, IReasoningStrategy strategy, string runId, CallerLimits limits)
    {
        (ServedModel model, string? named) = Resolve(question.Model);
        if (named is not null)
            throw ApiException.Invalid("model", $"'{Parameters.Shown(question.Model!)}' names a strategy; here 'model' is the name of a model alone.");
        if (question.RemoteParameter is { } remote && !model.IsRemote)
            throw ApiException.Unsupported(remote, $"'{remote}' is not supported by the model '{model.Name}'.");
        if (question.Messages.All(m => m.Role != ChatRole.User))
            throw ApiException.Invalid("messages", "A message of the role user is needed: the question.");
        return Planned(question, model, strategy, false, runId, limits);
    }

    private static RunPlan Planned(RunQuestion question, ServedModel model, IReasoningStrategy strategy, bool isPassThrough, string runId, CallerLimits limits) => new(
        strategy.Description.Name,
        strategy,
        new ReasoningRequest
        {
            Messages = question.Messages,
            Options = isPassThrough ? Passed(question, model) : question.Options,
            ExpectedAnswer = question.Expected,
            Extractor = question.Extractor ?? (isPassThrough ? ReplyExtractor.Instance : FinalAnswerExtractor.Default),
        },
        new RunOptions { RunId = runId, Seed = question.Seed ?? SeedOf(runId), Limits = Budget(question.Reasoning, limits, model), Prices = model.Prices },
        model,
        isPassThrough);

    /// <summary>Every id that can be asked for: the models, then each strategy on each model.</summary>
    public IEnumerable<string> Ids() => models.Names.Concat(StrategyCatalogue.Descriptions.SelectMany(d => models.Names.Select(m => $"{d.Name}/{m}")));

    private static void CheckCount(long count, string param, CallerLimits limits)
    {
        if (count > limits.MaxSamples)
            throw ApiException.Invalid(param, $"'{param}' is {count}; this key may ask for {limits.MaxSamples} samples at most.", "limit_exceeded");
    }

    private static AsAskedStrategy PassThrough(RunQuestion question, ServedModel model, JsonElement? reasoning)
    {
        if (reasoning is { } field)
            Parameters.OnlyKnown(field, "reasoning.", "strategy", "workflow", "budget", "answer_only");
        if (question.Effort is not null && !model.IsRemote)
            throw ApiException.Unsupported("reasoning_effort", $"'reasoning_effort' is not supported by the model '{model.Name}' without a strategy.");
        return new AsAskedStrategy(question.Answers);
    }

    // What the caller set of a single reply reaches the model as it was set.
    private static SampleOptions Passed(RunQuestion question, ServedModel model)
    {
        if (!model.IsRemote)
            return question.Options;
        var extra = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in question.Options.Extra)
            extra[name] = value;
        if (question.Seed is { } seed && question.Answers == 1)
            extra["seed"] = JsonSerializer.SerializeToElement(seed);
        if (question.Effort is { } effort)
            extra["reasoning_effort"] = JsonSerializer.SerializeToElement(effort);
        return question.Options with { Extra = extra };
    }

    private static IReasoningStrategy Choose(RunQuestion question, string? strategy, JsonElement? reasoning, CallerLimits limits)
    {
        if (question.HasTools && !voting.Contains(strategy, StringComparer.OrdinalIgnoreCase))
            throw ApiException.Unsupported("tools", $"'tools' needs a model without a strategy, or one that votes: {string.Join(", ", voting)}.");
        JsonObject document = reasoning is { } given && Parameters.Find(given, "workflow") is { } workflow
            ? Workflow(given, workflow, question)
            : Settings(question, strategy!, reasoning, limits);
        try
        {
            return WorkflowDocument.Parse(document.ToJsonString()).Build();
        }
        catch (WorkflowException e)
        {
            throw ApiException.Invalid(Field, string.Join(" ", e.Errors.Select(x => x with { Line = null })));
        }
    }

    private static JsonObject Workflow(JsonElement field, JsonElement workflow, RunQuestion question)
    {
        Parameters.OnlyKnown(field, "reasoning.", "workflow", "budget", "answer_only");
        if (question.Answers > 1)
            throw ApiException.Unsupported("n", "A workflow gives one answer.");
        return JsonObject.Create(Parameters.Object(workflow, "reasoning.workflow"))!;
    }

    private static JsonObject Settings(RunQuestion question, string strategy, JsonElement? reasoning, CallerLimits limits)
    {
        JsonObject document = reasoning is { } given ? JsonObject.Create(given)! : [];
        document.Remove("budget");
        document.Remove("answer_only");
        document.Remove("workflow");
        document["strategy"] = strategy;
        IReadOnlyList<StrategySetting> takes;
        try
        {
            takes = StrategyCatalogue.SettingsOf(strategy);
        }
        catch (ArgumentException e)
        {
            throw ApiException.Invalid("reasoning.strategy", e.Message.Split(" (Parameter")[0]);
        }

        document["strategy"] = StrategyCatalogue.Descriptions.First(d => string.Equals(d.Name, strategy, StringComparison.OrdinalIgnoreCase)).Name;
        bool takesSamples = takes.Any(t => t.Name == "samples");
        if (question.Answers > 1 && !takesSamples)
            throw ApiException.Unsupported("n", $"The strategy {strategy} gives one answer: 'n' must be 1.");
        if (document["samples"] is { } samples)
        {
            if (takesSamples && samples.GetValueKind() == JsonValueKind.Number)
                CheckSamples(samples.GetValue<double>(), question.Answers, limits);
        }
        else if (takesSamples && SamplesFor(question, limits) is { } count)
        {
            document["samples"] = count;
        }

        // A reply whose form is prescribed leaves no room for steps in words.
        if (question.Extractor is not null && takes.Any(t => t.Name == "prompt") && document["prompt"] is null)
            document["prompt"] = "as-asked";
        return document;
    }

    private static void CheckSamples(double samples, int answers, CallerLimits limits)
    {
        if (samples > limits.MaxSamples)
            throw ApiException.Invalid("reasoning.samples", FormattableString.Invariant($"'reasoning.samples' is {samples}; this key may ask for {limits.MaxSamples} at most."), "limit_exceeded");
        if (samples < answers)
            throw ApiException.Invalid("n", FormattableString.Invariant($"'n' is {answers}, but only {samples} samples are asked for."));
    }

    /// <summary>The samples that effort, answers and limits ask for; null for the strategy's own number.</summary>
    private static int? SamplesFor(RunQuestion question, CallerLimits limits)
    {
        const int LargestDefault = 40;
        int? byEffort = question.Effort switch { "none" or "minimal" => 1, "low" => 4, "medium" => 8, "high" => 16, "xhigh" => 32, _ => null };
        int? wanted = question.Answers > 1 ? Math.Max(byEffort ?? 8, question.Answers) : byEffort;
        return wanted is { } count ? Math.Min(count, limits.MaxSamples) : limits.MaxSamples < LargestDefault ? Math.Min(8, limits.MaxSamples) : null;
    }

    private static BudgetLimits Budget(JsonElement? reasoning, CallerLimits limits, ServedModel model)
    {
        int calls = limits.MaxCalls;
        long? tokens = limits.MaxTokens;
        double seconds = limits.MaxSeconds;
        decimal? cost = limits.MaxCost;
        if (reasoning is { } field && Parameters.Find(field, "budget") is { } budget)
        {
            Parameters.OnlyKnown(Parameters.Object(budget, "reasoning.budget"), "reasoning.budget.", "calls", "tokens", "seconds", "cost");
            if (Parameters.Find(budget, "calls") is { } c)
                calls = (int)Math.Min(calls, Parameters.Integer(c, "reasoning.budget.calls", 1, 1_000_000));
            if (Parameters.Find(budget, "tokens") is { } t)
                tokens = Math.Min(tokens ?? long.MaxValue, Parameters.Integer(t, "reasoning.budget.tokens", 1, 1_000_000_000));
            if (Parameters.Find(budget, "seconds") is { } s)
                seconds = Math.Min(seconds, Parameters.Number(s, "reasoning.budget.seconds", 0.001, 86_400));
            if (Parameters.Find(budget, "cost") is { } m)
                cost = Math.Min(cost ?? decimal.MaxValue, (decimal)Parameters.Number(m, "reasoning.budget.cost", 0, 1_000_000));
        }

        if (cost is not null && model.Prices.Count == 0)
            throw ApiException.Unsupported("reasoning.budget.cost", $"The model '{model.Name}' has no price, so that cost cannot be limited.");
        return new BudgetLimits { Calls = calls, Tokens = tokens, Time = TimeSpan.FromSeconds(seconds), Cost = cost };
    }

    private (ServedModel Model, string? Strategy) Resolve(string? id)
    {
        if (id is null)
        {
            return models.Names is [var only] ? (models.Find(only)!, null)
                : throw ApiException.Invalid("model", $"'model' is needed: one of {string.Join(", ", models.Names)}.", "missing_parameter");
        }

        if (models.Find(id) is { } plain)
            return (plain, null);
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        string strategy = slash < 0 ? "" : id[..slash];
        bool isStrategy = StrategyCatalogue.Descriptions.Any(d => string.Equals(d.Name, strategy, StringComparison.OrdinalIgnoreCase));
        if (isStrategy && models.Find(id[(slash + 1)..]) is { } model)
            return (model, strategy);
        string[] near = NearMatches.Of(Parameters.Shown(id), Ids());
        throw new ApiException(404, "invalid_request_error",
            $"There is no model '{Parameters.Shown(id)}'. {(near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "GET /v1/models lists what there is.")}", "model", "model_not_found");
    }

    // A run that is taken up again, or named by an idempotency key, draws the same numbers.
    private static long SeedOf(string runId) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(runId))) & long.MaxValue;
}
