using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Agents.Evaluation;
using Agents.Reasoning;
using Spectre.Console;

namespace Agents.Cli.Planning;

/// <summary><c>agents plan</c>: how many samples of which model for which accuracy, from recorded samples and prices.</summary>
internal static class PlanCommand
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create(CommandConsole console)
    {
        var files = new Argument<string[]>("samples") { Description = "Recorded samples: what `agents sample` writes, one file a model, or files whose samples name their model.", Arity = ArgumentArity.OneOrMore };
        var price = new Option<string[]>("--price") { Description = "What a model costs, in money per million tokens in and out; without MODEL= for every model not named.", HelpName = "[MODEL=]IN/OUT", DefaultValueFactory = _ => [], Required = true };
        var target = new Option<double[]>("--target") { Description = "An accuracy to reach, 0 to 1; may be given several times. Default: every five points within reach.", HelpName = "X", DefaultValueFactory = _ => [] };
        var most = new Option<int>("--max-samples") { Description = "The most samples of a plan.", HelpName = "N", DefaultValueFactory = _ => 64 };
        var seed = new Option<long>("--seed") { Description = "The seed of the intervals.", HelpName = "K" };
        var asJson = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("plan", "Plans by recorded runs: the cheapest model and number of samples for an accuracy, and the best accuracy for the money.") { files, price, target, most, seed, asJson };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            foreach (double x in parsed.GetValue(target)!.Where(x => x is not (> 0 and <= 1)))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--target {x} must be more than 0 and at most 1."));
            if (parsed.GetValue(most) < 1)
                throw new ArgumentException("--max-samples must be at least 1.");
            var recorded = new List<RecordedModel>();
            foreach (string file in parsed.GetValue(files)!)
                recorded.AddRange(RecordedModel.Of(await EvaluationData.LoadAsync(file, cancellationToken)));
            if (recorded.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new ArgumentException($"The model '{twice.Key}' is recorded twice: rename one of the files.");
            Dictionary<string, ModelPrice> prices = Prices(parsed.GetValue(price)!, recorded);
            IReadOnlyList<SamplePlan> plans = SamplePlanner.Plans([.. recorded.Select(m => (m, prices[m.Name]))], parsed.GetValue(most), parsed.GetValue(seed));
            double[] targets = parsed.GetValue(target) is { Length: > 0 } given ? given : Targets(plans);
            if (parsed.GetValue(asJson))
                console.Output.WriteLine(JsonSerializer.Serialize(Document(recorded, prices, plans, targets), json));
            else
                Show(console, recorded, plans, targets);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Every five points from the least to the most that any plan reaches; of those with the same cheapest plan the highest.</summary>
    private static double[] Targets(IReadOnlyList<SamplePlan> plans)
    {
        int low = (int)Math.Ceiling(plans.Min(p => p.Accuracy) * 20), high = (int)Math.Floor(plans.Max(p => p.Accuracy) * 20);
        return [.. Enumerable.Range(low, Math.Max(0, high - low + 1)).Select(i => i / 20.0).GroupBy(t => SamplePlanner.Cheapest(plans, t)).Select(g => g.Max())];
    }

    private static Dictionary<string, ModelPrice> Prices(string[] texts, List<RecordedModel> models)
    {
        var named = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.LastIndexOf('=');
            string model = equals < 0 ? "*" : text[..equals];
            string[] parts = text[(equals + 1)..].Split('/');
            if (parts.Length != 2 || !Amount(parts[0], out decimal input) || !Amount(parts[1], out decimal output))
                throw new ArgumentException($"--price '{text}' must be [MODEL=]IN/OUT in money per million tokens, such as small=0.15/0.6.");
            if (model != "*" && models.All(m => m.Name != model))
                throw new ArgumentException($"--price: no samples of '{model}' are recorded. There are: {string.Join(", ", models.Select(m => m.Name))}.");
            if (!named.TryAdd(model, new ModelPrice(input, output)))
                throw new ArgumentException($"--price gives {(model == "*" ? "the other models" : $"'{model}'")} two prices.");
        }

        return models.ToDictionary(m => m.Name, m => named.TryGetValue(m.Name, out ModelPrice? own) || named.TryGetValue("*", out own) ? own : throw new ArgumentException($"There is no price for '{m.Name}': --price {m.Name}=IN/OUT."), StringComparer.Ordinal);

        static bool Amount(string text, out decimal amount) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    private static object Document(List<RecordedModel> models, Dictionary<string, ModelPrice> prices, IReadOnlyList<SamplePlan> plans, double[] targets) => new
    {
        questions = SamplePlanner.CommonQuestions(models).Length,
        models = models.Select(m => new { m.Name, m.Samples, InputPrice = prices[m.Name].InputPerMillion, OutputPrice = prices[m.Name].OutputPerMillion, m.PromptTokens, m.OutputTokens, TokensEstimated = m.IsEstimated }),
        targets = targets.Select(t => new { Target = t, Cheapest = SamplePlanner.Cheapest(plans, t), Sure = SamplePlanner.CheapestSure(plans, t) }),
        frontier = SamplePlanner.Frontier(plans),
        plans,
    };

    private static void Show(CommandConsole console, List<RecordedModel> models, IReadOnlyList<SamplePlan> plans, double[] targets)
    {
        IAnsiConsole draw = console.Draw();
        draw.WriteLine(Line($"{SamplePlanner.CommonQuestions(models).Length} questions; money for 1,000 of them; accuracy of the vote over k samples, without bias, with 95 % intervals over questions"));
        foreach (RecordedModel model in models.Where(m => m.IsEstimated))
            draw.WriteLine(Line($"{model.Name}: no usage is recorded; tokens are estimated at four characters each"));
        var table = new Table().Border(TableBorder.Simple).AddColumns("to reach", "cheapest", "samples", "accuracy (95 %)", "cost", "sure to reach it");
        foreach (double target in targets)
        {
            SamplePlan? plan = SamplePlanner.Cheapest(plans, target), sure = SamplePlanner.CheapestSure(plans, target);
            table.AddRow(new Text(Line($"{target * 100:0.#} %")), new Text(plan?.Model ?? "out of reach"), new Text(plan is null ? "" : Line($"{plan.Samples}")), new Text(plan is null ? "" : Accuracy(plan)), new Text(plan is null ? "" : Line($"{plan.Cost:0.####}")), new Text(sure is null ? "none" : Line($"{sure.Model} × {sure.Samples}, {sure.Cost:0.####}")));
        }

        draw.Write(table);
        var best = new Table().Border(TableBorder.Simple).AddColumns("for", "best", "samples", "accuracy (95 %)", "tokens");
        foreach (SamplePlan plan in SamplePlanner.Frontier(plans))
            best.AddRow(Line($"{plan.Cost:0.####}"), Markup.Escape(plan.Model), Line($"{plan.Samples}"), Accuracy(plan), Line($"{plan.Tokens:0}"));
        draw.Write(best);
    }

    private static string Accuracy(SamplePlan plan) => Line($"{plan.Accuracy * 100:0.0} % ({plan.Interval.Low * 100:0.0}–{plan.Interval.High * 100:0.0})");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
