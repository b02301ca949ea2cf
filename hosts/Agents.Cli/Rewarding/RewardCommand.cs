using System.CommandLine;
using System.Globalization;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Cli.Rewarding;

/// <summary><c>agents reward</c>: the rewards of completions, by the same functions that the server offers to trainers.</summary>
internal static class RewardCommand
{
    public static Command Create(CommandConsole console)
    {
        var rows = new Argument<string>("completions") { Description = "Completions, one JSON object a line: completion, and where known gold, question, expect, tokens, group, id. .jsonl or .jsonl.gz; - reads standard input." };
        var document = new Option<string?>("--rewards") { Description = "The reward function, a JSON document; default: accuracy and 0.2 format.", HelpName = "FILE" };
        var advantages = new Option<AdvantageRule?>("--advantages") { Description = "Adds each row's advantage among the rows of its group, else of its question: Grpo or DrGrpo." };
        var model = new Option<string>("--judge-model") { Description = "The model that verifiers ask.", HelpName = "M", DefaultValueFactory = _ => "embedded" };
        var output = new Option<string?>("--out") { Description = "Write here instead of to standard output.", HelpName = "FILE" };
        var command = new Command("reward", "Rewards completions and writes {\"id\",\"reward\",\"parts\",…} for each, in order.") { rows, document, advantages, model, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var verifiers = new VerifierProvider();
            using var models = new ModelProvider();
            RewardFunction function = parsed.GetValue(document) is { } file ? ReadFunction(file, name => Verifier(name, verifiers, models, parsed.GetValue(model)!)) : RewardDocument.Default;
            AdvantageRule? rule = parsed.GetValue(advantages);
            IReadOnlyList<RewardRow> read = await ReadAsync(parsed.GetValue(rows)!, cancellationToken);
            IReadOnlyList<RewardedRow> scored = await RewardedRow.ScoreAsync(read, function, rule, cancellationToken);
            string? path = parsed.GetValue(output);
            TextWriter writer = path is null ? console.Output : new StreamWriter(path + ".tmp", append: false);
            try
            {
                foreach (RewardedRow row in scored)
                    await writer.WriteLineAsync(row.ToJson());
            }
            finally
            {
                if (path is not null)
                    await writer.DisposeAsync();
            }

            if (path is not null)
                File.Move(path + ".tmp", path, overwrite: true);
            await console.Error.WriteLineAsync(Summary(scored, rule));
            return ExitCodes.Done;
        });
        return command;
    }

    private static RewardFunction ReadFunction(string file, Func<string, IReward> verifier)
    {
        try
        {
            return RewardDocument.Parse(File.ReadAllText(file), verifier);
        }
        catch (DocumentException e)
        {
            throw new FormatException($"{file} {e.Message}", e);
        }
    }

    private static VerifierReward Verifier(string name, VerifierProvider verifiers, ModelProvider models, string judge)
    {
        IVerifier verifier = verifiers.Create(name);
        return new VerifierReward(verifier, new ReasoningRunner(verifiers.AddTo(new ReasoningModels(models.Create(judge)))));
    }

    private static async Task<IReadOnlyList<RewardRow>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using StreamReader reader = InputLines.Open(file);
        var rows = new List<RewardRow>();
        for (long number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                rows.Add(RewardRow.Parse(line, string.Create(CultureInfo.InvariantCulture, $"{file} line {number}")));
            }
            catch (DocumentException e)
            {
                throw new FormatException(e.Message, e);
            }
        }

        return rows;
    }

    private static string Summary(IReadOnlyList<RewardedRow> rows, AdvantageRule? rule)
    {
        if (rows.Count == 0)
            return "no completions";
        RewardedRow[] refused = [.. rows.Where(r => r.Result.RefusedFor != CompletionFaults.None)];
        string text = string.Create(CultureInfo.InvariantCulture, $"{rows.Count} completions: mean reward {rows.Average(r => r.Result.Reward):0.0000}, {refused.Length} refused");
        if (rule is not null)
        {
            // Rows without a group are groups of their own and flat by definition: they are not counted.
            bool[] flat = [.. rows.Where(r => r.Row.Group is not null).GroupBy(r => r.Row.Group, StringComparer.Ordinal).Select(g => g.All(r => r.Result.Reward == g.First().Result.Reward))];
            text += string.Create(CultureInfo.InvariantCulture, $"; {flat.Length} groups, {flat.Count(f => f)} of them flat");
        }

        return text;
    }
}
