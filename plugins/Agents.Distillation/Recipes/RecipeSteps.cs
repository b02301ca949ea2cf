using System.Text.Json;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Distillation;

/// <summary>Reads the steps of a recipe.</summary>
/// <param name="verifier">Makes the reward of a verifier by its name.</param>
/// <param name="texts">The texts of an evaluation set by its file name.</param>
/// <param name="teacher">The model that completes solutions; null where none was named.</param>
internal sealed class RecipeSteps(Func<string, IReward> verifier, Func<string, IEnumerable<string>> texts, TeacherModel? teacher)
{
    private static readonly string[] steps = ["correct", "vote", "verifier", "distinct", "faults", "hint", "format", "language", "length", "repetition", "decontaminate", "limit", "rollouts"];

    public RecipeStep Read(DocumentFields fields)
    {
        string name = fields.Text("step");
        RecipeStep step = name switch
        {
            "correct" => new(new CorrectStep()),
            "vote" => new(fields.Try("share", () => new VoteStep(fields.Number("share", 0.5), fields.OptionalWhole("votes") ?? 4))),
            "verifier" => ReadVerifier(fields),
            "distinct" => new(new DistinctCalculationsStep()),
            "faults" => new(new FaultStep()),
            "hint" => new(new HintStep()),
            "format" => new(new RewardStep(new FormatReward(RecipeFields.Choice(fields, "template", CompletionTemplate.ThinkAnswer)), 1)),
            "language" => new(fields.Try("language", () => new RewardStep(new LanguageReward(fields.Text("language")), fields.Number("least", 0.9)))),
            "length" => new(fields.Try("least", () => new LengthStep(fields.OptionalWhole("least") ?? 1, fields.OptionalWhole("most") ?? int.MaxValue))),
            "repetition" => new(fields.Try("most", () => new RepetitionStep(fields.Number("most", 0.3), fields.OptionalWhole("words") ?? 8))),
            "decontaminate" => new(ReadDecontamination(fields)),
            "limit" => new(fields.Try("most", () => new LimitStep(fields.Whole("most"), RecipeFields.Choice(fields, "order", LimitOrder.First)))),
            "rollouts" => new(ReadRollouts(fields)),
            _ => throw new DocumentException($"{fields.Path}.step", $"there is no step '{name}'{DocumentFields.Near(name, steps)}"),
        };
        fields.RefuseOthers();
        return step;
    }

    private RecipeStep ReadVerifier(DocumentFields fields)
    {
        IReward reward = fields.Try("verifier", () => verifier(fields.Text("verifier")));
        bool isFitted = fields.Has("precision");
        if (isFitted == fields.Has("threshold"))
            throw new DocumentException(fields.Path, "a verifier needs either \"threshold\" or \"precision\"");
        if (!isFitted)
            return new(fields.Try("threshold", () => new VerifierStep(reward, fields.Number("threshold", 0))));
        double precision = Share("precision", 0), confidence = Share("confidence", 0.95), share = Share("held_out", 0.2);
        return new(null, new FittedVerifier(reward, precision, confidence, share));

        double Share(string name, double missing) => fields.Number(name, missing) is > 0 and < 1 and var value
            ? value
            : throw new DocumentException($"{fields.Path}.{name}", "must be over 0 and under 1");
    }

    private DecontaminationStep ReadDecontamination(DocumentFields fields)
    {
        IReadOnlyList<JsonElement> files = fields.List("against");
        return fields.Try("against", () => new DecontaminationStep(files.SelectMany(f => f.ValueKind == JsonValueKind.String ? texts(f.GetString()!) : throw new ArgumentException("Files are named by text.")), fields.OptionalWhole("words") ?? 13));
    }

    private RolloutStep ReadRollouts(DocumentFields fields)
    {
        int completions = fields.OptionalWhole("completions") ?? 8;
        RolloutSearch search = RecipeFields.Choice(fields, "search", RolloutSearch.Every);
        return teacher is null
            ? throw new DocumentException(fields.Path, "rollouts ask a model: name one with --model")
            : fields.Try("completions", () => new RolloutStep(teacher, completions, search));
    }
}
