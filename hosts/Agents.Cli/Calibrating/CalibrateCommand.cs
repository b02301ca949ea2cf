using System.CommandLine;
using Agents.Evaluation;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;
using Agents.Reasoning.Verifiers;

namespace Agents.Cli.Calibrating;

/// <summary><c>agents calibrate</c>: fits a verifier's scores to probabilities on candidates that are known to be right or wrong.</summary>
internal static class CalibrateCommand
{
    public static Command Create(CommandConsole console)
    {
        var source = new Argument<string>("results-or-data") { Description = "The folder of an evaluation with this --verifier (its verdicts.jsonl is read), or questions with recorded samples (the verifier judges them now)." };
        var verifier = new Option<string>("--verifier") { Description = "The verifier whose scores are fitted.", Required = true, HelpName = "V" };
        var output = new Option<string>("--out") { Description = "Where the calibration is written; --calibration of solve and eval reads it.", Required = true, HelpName = "FILE" };
        var method = new Option<CalibrationMethod?>("--method") { Description = "isotonic or platt; default: that of the lower held-out log loss." };
        var judge = new Option<string?>("--judge-model") { Description = "The model that judges, for verifiers that ask one.", HelpName = "M" };
        var journal = new Option<string?>("--journal") { Description = "Keep the verifier's calls in this folder: an interrupted command goes on.", HelpName = "DIR" };
        var prompts = new Option<string?>("--prompts") { Description = "A folder whose prompts replace the shipped ones of the same name.", HelpName = "DIR" };
        var answers = new Option<AnswerSource?>("--answers") { Description = "Where answers come from; default: recorded ones where the data has them." };
        var folds = new Option<int>("--folds") { Description = "Folds of the cross-validation.", DefaultValueFactory = _ => new CalibrationOptions().Folds };
        var bins = new Option<int>("--bins") { Description = "Bins of the calibration error.", DefaultValueFactory = _ => new CalibrationOptions().Bins };
        var seed = new Option<long>("--seed") { Description = "The seed of folds and bootstrap." };
        var command = new Command("calibrate", "Fits a verifier's scores to probabilities and reports Brier score and calibration error on held-out questions.") { source, verifier, output, method, judge, journal, prompts, answers, folds, bins, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PromptCatalogue catalogue = parsed.GetValue(prompts) is { } folder ? PromptCatalogue.FromFolder(folder) : PromptCatalogue.Shipped;
            using var verifiers = new VerifierProvider();
            IVerifier judged = verifiers.Create(parsed.GetValue(verifier)!, catalogue);
            string path = parsed.GetValue(source)!;
            LabelledVerdicts labelled;
            if (Directory.Exists(path))
            {
                labelled = await LabelledVerdicts.ReadAsync(Path.Combine(path, EvaluationFiles.Verdicts), judged, cancellationToken);
            }
            else
            {
                using var models = new ModelProvider();
                ISampler? model = parsed.GetValue(judge) is { } spec ? models.Create(spec) : null;
                EvaluationData data = await EvaluationData.LoadAsync(path, cancellationToken);
                EvaluationPlan plan = LabelledVerdicts.Plan(data, judged) with
                {
                    Models = item => verifiers.AddTo(model is null ? ReplayModels.For(item, data.Name) : ReplayModels.For(item, data.Name).With(Roles.Judge, model).With(Roles.Selector, model)),
                    IsReplay = true,
                    Answers = parsed.GetValue(answers) ?? (judged is UnitTestVerifier ? AnswerSource.Code : null),
                };
                await using RunStores stores = RunStores.Open(parsed.GetValue(journal), keepSamples: false);
                labelled = LabelledVerdicts.Of(await new Evaluator(stores.Journals).RunAsync(plan, null, cancellationToken));
            }

            CalibrationFit fit = CalibrationFitter.Fit(judged, labelled.Scores, labelled.DataSha256, labelled.Abstentions, new()
            {
                Method = parsed.GetValue(method),
                Folds = parsed.GetValue(folds),
                Bins = parsed.GetValue(bins),
                Seed = parsed.GetValue(seed),
            });
            await File.WriteAllTextAsync(parsed.GetValue(output)!, fit.Calibration.ToJson(), cancellationToken);
            await console.Output.WriteAsync(CalibrationTable.Render(fit));
            return ExitCodes.Done;
        });
        return command;
    }
}
