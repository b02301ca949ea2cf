using System.Globalization;
using System.Text;

namespace Agents.Evaluation;

/// <summary>A calibration's report as text.</summary>
public static class CalibrationTable
{
    /// <summary>A few lines and a Markdown table.</summary>
    public static string Render(CalibrationFit fit)
    {
        CalibrationReport report = fit.Report;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{fit.Calibration.Verifier}: {report.Labels} scored candidates of {report.Questions} questions, {Percent((double)report.Right / report.Labels)} % right; {report.Abstentions} abstentions left out\n");
        text.Append(CultureInfo.InvariantCulture, $"held-out log loss in {report.Folds} folds of questions: isotonic {report.IsotonicLogLoss:0.0000}, platt {report.PlattLogLoss:0.0000}; used: {(report.Method == Reasoning.CalibrationMethod.Isotonic ? "isotonic" : "platt")}\n\n");
        text.Append("| held out | Brier (95 %) | ECE, equal mass (95 %) | bins |\n|---|---|---|---|\n");
        Row("before", report.Before);
        Row("after", report.After);
        text.Append(CultureInfo.InvariantCulture, $"| change (95 %) | {Interval(report.BrierChange)} | {Interval(report.ErrorChange)} | |\n");
        return text.ToString();

        void Row(string name, ProbabilityQuality quality) => text.Append(CultureInfo.InvariantCulture,
            $"| {name} | {quality.Brier:0.0000} ({Interval(quality.BrierInterval)}) | {quality.ExpectedError:0.0000} ({Interval(quality.ExpectedErrorInterval)}) | {quality.Bins} |\n");
    }

    private static string Interval(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low:0.0000} to {interval.High:0.0000}");

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
