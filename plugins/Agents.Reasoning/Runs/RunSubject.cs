using Agents.Answers;

namespace Agents.Reasoning;

/// <summary>
/// What a run is about, in words and names: kept in its journal for whoever reads the run later, such as for training data. No
/// part of a run's identity, and never read by a run.
/// </summary>
/// <param name="Question">The text of the last user message.</param>
/// <param name="Expected">The kind of answer asked for.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Models">The models by role; the one for every other role stands under <c>*</c>.</param>
public sealed record RunSubject(string Question, AnswerKind Expected, long Seed, IReadOnlyDictionary<string, string> Models)
{
    private const string Others = "*";

    /// <summary>The temperature that the request asked for; null where it left it to the strategy.</summary>
    public double? Temperature { get; init; }

    /// <summary>The messages of the request; where there are several, the question alone does not tell what was asked.</summary>
    public int Messages { get; init; } = 1;

    /// <summary>The subject of a run.</summary>
    internal static RunSubject Of(ReasoningRequest request, RunOptions options, ReasoningModels models)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal) { [Others] = models.Default.ModelId };
        foreach ((string role, ISampler model) in models.Roles)
            names[role] = model.ModelId;
        return new RunSubject(request.Question, request.ExpectedAnswer, options.Seed, names) { Temperature = request.Options.Temperature, Messages = request.Messages.Count };
    }

    /// <summary>The model that played a role; null where that is not known.</summary>
    public string? ModelOf(string role) => Models.GetValueOrDefault(role) ?? Models.GetValueOrDefault(Others);
}
