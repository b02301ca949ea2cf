using System.Text.Json.Nodes;

namespace Agents.Distillation;

/// <summary><c>report.json</c>: everything counted, by stage, part and step.</summary>
internal static class ReportJson
{
    public static JsonObject Of(DistillationRecipe recipe, DistillationReport report) => new()
    {
        ["name"] = recipe.Name,
        ["recipe_sha256"] = recipe.Hash,
        ["seed"] = recipe.Seed,
        ["questions"] = report.Questions,
        ["questions_kept"] = report.QuestionsKept,
        ["in"] = report.In,
        ["kept"] = report.Kept,
        ["stages"] = new JsonArray([.. report.Stages.Select(Stage)]),
    };

    private static JsonNode Stage(StageReport stage) => new JsonObject
    {
        ["name"] = stage.Name,
        ["parts"] = new JsonArray([.. stage.Parts.Select(Part)]),
        ["files"] = new JsonObject(stage.Files.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Key, f.Value))),
    };

    private static JsonNode Part(PartReport part) => new JsonObject
    {
        ["name"] = part.Name,
        ["source"] = part.Source,
        ["questions"] = part.Questions,
        ["questions_kept"] = part.QuestionsKept,
        ["in"] = part.In,
        ["kept"] = part.Kept,
        ["steps"] = new JsonArray([.. part.Steps.Select(Step)]),
        ["thresholds"] = new JsonArray([.. part.Fitted.Select(f => (JsonNode)new JsonObject
        {
            ["verifier"] = f.Fit.Verifier.Name,
            ["precision"] = f.Fit.Precision,
            ["confidence"] = f.Fit.Confidence,
            ["threshold"] = f.Threshold.IsReached ? f.Threshold.Threshold : null,
            ["held_out_kept"] = f.Threshold.Kept,
            ["held_out_right"] = f.Threshold.Right,
            ["lower_bound"] = f.Threshold.LowerBound,
        })]),
    };

    private static JsonNode Step(StepReport step)
    {
        var json = new JsonObject
        {
            ["step"] = step.Name,
            ["in"] = step.In,
            ["kept"] = step.Kept,
            ["dropped"] = new JsonObject(step.Dropped.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, d.Value))),
            ["judged"] = step.Judged,
            ["right"] = step.Right,
        };
        if (step.Figures.Count > 0)
            json["figures"] = new JsonObject(step.Figures.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Key, f.Value)));
        return json;
    }
}
