using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary>A published format of training data. The schema of each stands in <c>Schemas</c>, with its source.</summary>
public sealed class TrainingFormat
{
    private readonly Func<TrainingQuestion, FormatOptions, IEnumerable<TrainingRow>> rows;

    private TrainingFormat(string name, string schema, string idea, Func<TrainingQuestion, FormatOptions, IEnumerable<TrainingRow>> rows)
    {
        Name = name;
        SchemaName = schema;
        Idea = idea;
        this.rows = rows;
    }

    /// <summary>Every format.</summary>
    public static IReadOnlyList<TrainingFormat> All { get; } =
    [
        new("trl-messages", "messages", "TRL supervised fine-tuning: whole conversations.", Messages),
        new("trl-prompt-completion", "prompt-completion", "TRL supervised fine-tuning: loss on the completion only.", PromptCompletion),
        new("trl-dpo", "preference", "TRL direct preference optimisation: a right and a wrong solution of one question.", Preference),
        new("trl-kto", "unpaired-preference", "TRL Kahneman–Tversky optimisation: single solutions with a label.", Unpaired),
        new("trl-grpo", "prompt", "TRL group relative policy optimisation: prompts with the answer for the reward.", Prompts),
        new("trl-prm", "stepwise", "TRL process reward models: steps with labels, up to the first error.", StepLabels.Rows),
        new("step-values", "step-values", "Steps with the share of completions from each that reach the right answer, counts and interval.", StepValues.Rows),
        new("trl-dpo-steps", "preference-steps", "TRL direct preference optimisation of single steps: after the same beginning one right and one wrong step.", StepPairs.Rows),
        new("self-correction", "self-correction", "A right beginning, one wrong step of the model's own, noticing it, and a right end; the wrong step's span is given for masking.", SelfCorrection.Rows),
        new("openai-chat", "messages", "OpenAI and Azure supervised fine-tuning.", Messages),
        new("openai-rft", "reinforcement", "OpenAI and Azure reinforcement fine-tuning: prompts with a reference answer for the grader.", Reinforcement),
    ];

    /// <summary>Its name in recipes.</summary>
    public string Name { get; }

    /// <summary>The name of its schema.</summary>
    public string SchemaName { get; }

    /// <summary>What it is for.</summary>
    public string Idea { get; }

    /// <summary>The schema of a row, JSON Schema.</summary>
    public string Schema
    {
        get
        {
            using Stream stream = typeof(TrainingFormat).Assembly.GetManifestResourceStream($"schemas/{SchemaName}.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The format of this name, or null.</summary>
    public static TrainingFormat? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>The rows that a question gives.</summary>
    public IEnumerable<TrainingRow> RowsOf(TrainingQuestion question, FormatOptions? options = null) => rows(question, options ?? new());

    internal static JsonArray Prompt(TrainingQuestion question, FormatOptions options)
    {
        var messages = new JsonArray();
        if (options.System is { } system)
            messages.Add((JsonNode)Message("system", system));
        messages.Add((JsonNode)Message("user", question.Question));
        return messages;
    }

    internal static JsonArray Reply(string text) => [Message("assistant", text)];

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private static IEnumerable<TrainingRow> Messages(TrainingQuestion question, FormatOptions options) => question.Traces.Select(trace =>
    {
        JsonArray messages = Prompt(question, options);
        messages.Add((JsonNode)Message("assistant", CompletionText.Of(trace, options.Style)));
        return new TrainingRow(new JsonObject { ["messages"] = messages }, [trace]);
    });

    private static IEnumerable<TrainingRow> PromptCompletion(TrainingQuestion question, FormatOptions options) => question.Traces.Select(trace =>
        new TrainingRow(new JsonObject { ["prompt"] = Prompt(question, options), ["completion"] = Reply(CompletionText.Of(trace, options.Style)) }, [trace]));

    // Every right trace once, each with another wrong one where there are enough: pairs that share no side teach more.
    private static IEnumerable<TrainingRow> Preference(TrainingQuestion question, FormatOptions options) => question.Traces
        .Zip(question.Wrong, (right, wrong) => new TrainingRow(
            new JsonObject
            {
                ["prompt"] = Prompt(question, options),
                ["chosen"] = Reply(CompletionText.Of(right, options.Style)),
                ["rejected"] = Reply(CompletionText.Of(wrong, options.Style)),
            },
            [right, wrong]));

    private static IEnumerable<TrainingRow> Unpaired(TrainingQuestion question, FormatOptions options) => question.Traces.Select(t => (Trace: t, Label: true))
        .Concat(question.Wrong.Select(t => (Trace: t, Label: false)))
        .Select(t => new TrainingRow(new JsonObject { ["prompt"] = Prompt(question, options), ["completion"] = Reply(CompletionText.Of(t.Trace, options.Style)), ["label"] = t.Label }, [t.Trace]));

    // A question with no trace left is still a prompt: the policy brings its own solutions.
    private static IEnumerable<TrainingRow> Prompts(TrainingQuestion question, FormatOptions options) => question.Gold is null ? [] :
        [new TrainingRow(new JsonObject { ["prompt"] = Prompt(question, options), ["gold"] = question.Gold }, [])];

    private static IEnumerable<TrainingRow> Reinforcement(TrainingQuestion question, FormatOptions options) => question.Gold is null ? [] :
        [new TrainingRow(new JsonObject { ["messages"] = Prompt(question, options with { System = null }), ["reference_answer"] = question.Gold }, [])];
}
