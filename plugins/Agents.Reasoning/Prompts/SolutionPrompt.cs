using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning;

/// <summary>How a model is asked for a solution: a prompt with everything but the question filled in. Immutable, thread-safe.</summary>
public sealed class SolutionPrompt
{
    private readonly PromptTemplate? template;
    private readonly IReadOnlyList<(string, string)> values;

    private SolutionPrompt(string name, PromptTemplate? template, IReadOnlyList<(string, string)> values)
    {
        Name = name;
        this.template = template;
        this.values = values;
        Fingerprint = template is null ? name : PromptHash.Of($"{name}|{template.Hash}|{string.Join('\0', values.Select(v => v.Item1 + "=" + v.Item2))}");
    }

    /// <summary>The prompt's short name: <c>as-asked</c>, <c>direct</c>, <c>zero-shot</c>, <c>few-shot</c>, <c>supervised</c>, <c>supervised-zh</c>.</summary>
    public string Name { get; }

    /// <summary>Hash of everything that decides what is asked.</summary>
    public string Fingerprint { get; }

    /// <summary>The names of all solution prompts.</summary>
    public static IReadOnlyList<string> Names { get; } = ["as-asked", "direct", "zero-shot", "few-shot", "supervised", "supervised-zh"];

    /// <summary>The solution prompt of this name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="exemplars">The exemplar set, for <c>few-shot</c>.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">There is no such prompt; the message names those there are.</exception>
    public static SolutionPrompt Named(string name, string exemplars = "arithmetic", PromptCatalogue? prompts = null) => name switch
    {
        "as-asked" => AsAsked,
        "direct" => Direct(prompts),
        "zero-shot" => ZeroShot(prompts),
        "few-shot" => FewShot(exemplars, prompts),
        "supervised" => Supervised(prompts),
        "supervised-zh" => Supervised(prompts, chinese: true),
        _ => throw new ArgumentException($"There is no solution prompt '{name}'. There are: {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>The conversation as it stands, without instructions of ours.</summary>
    public static SolutionPrompt AsAsked { get; } = new("as-asked", null, []);

    /// <summary>The answer alone.</summary>
    public static SolutionPrompt Direct(PromptCatalogue? prompts = null) => Of("direct", "Reasoning/Direct", prompts);

    /// <summary>"Let's think step by step", in one stage.</summary>
    public static SolutionPrompt ZeroShot(PromptCatalogue? prompts = null) => Of("zero-shot", "Reasoning/ZeroShotCot", prompts);

    /// <summary>The model is supervised: it is told which steps to write, in English or Chinese.</summary>
    public static SolutionPrompt Supervised(PromptCatalogue? prompts = null, bool chinese = false) =>
        chinese ? Of("supervised-zh", "Reasoning/SupervisedCotChinese", prompts) : Of("supervised", "Reasoning/SupervisedCot", prompts);

    /// <summary>Worked examples before the question.</summary>
    /// <param name="set">The exemplar set: <c>arithmetic</c>, <c>choice</c>, <c>date</c>, or a file of the same form in the catalogue's folder.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="KeyNotFoundException">There is no such set.</exception>
    /// <exception cref="FormatException">A line of the set is not an exemplar.</exception>
    public static SolutionPrompt FewShot(string set = "arithmetic", PromptCatalogue? prompts = null)
    {
        prompts ??= PromptCatalogue.Shipped;
        string path = $"Reasoning/FewShotCot/exemplars/{set}.jsonl";
        return new SolutionPrompt("few-shot", prompts["Reasoning/FewShotCot"], [("exemplars", Exemplars(path, prompts.ReadFile(path)))]);
    }

    /// <summary>The messages to send.</summary>
    public IReadOnlyList<ChatMessage> Render(ReasoningRequest request) =>
        template is null ? request.Messages : template.Render(request.Messages, values);

    /// <summary>How to sample: the request's options first, then the prompt's, then the temperature given.</summary>
    public SampleOptions Options(ReasoningRequest request, double? temperature)
    {
        SampleOptions options = request.Options;
        SampleOptions prompt = template?.Options ?? SampleOptions.Default;
        return options with
        {
            Temperature = options.Temperature ?? temperature ?? prompt.Temperature,
            TopP = options.TopP ?? prompt.TopP,
            MaxOutputTokens = options.MaxOutputTokens ?? prompt.MaxOutputTokens,
            StopSequences = options.StopSequences.Count > 0 ? options.StopSequences : prompt.StopSequences,
        };
    }

    private static SolutionPrompt Of(string name, string path, PromptCatalogue? prompts) => new(name, (prompts ?? PromptCatalogue.Shipped)[path], []);

    private static string Exemplars(string path, string lines)
    {
        var text = new StringBuilder();
        int number = 0;
        foreach (string line in lines.Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0)
                continue;
            try
            {
                using var exemplar = JsonDocument.Parse(line);
                JsonElement root = exemplar.RootElement;
                if (text.Length > 0)
                    text.Append("\n\n");
                text.Append("Q: ").Append(root.GetProperty("question").GetString())
                    .Append("\nA: ").Append(root.GetProperty("reasoning").GetString())
                    .Append(" The answer is ").Append(root.GetProperty("answer").GetString()).Append('.');
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new FormatException($"{path}, line {number}: an exemplar needs the strings question, reasoning and answer ({e.Message})", e);
            }
        }

        return text.ToString();
    }
}
