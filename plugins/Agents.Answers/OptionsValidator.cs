namespace Agents.Answers;

/// <summary>Checks <see cref="AnswerOptions"/> once, where they are put to use.</summary>
internal static class OptionsValidator
{
    public static AnswerOptions Validated(AnswerOptions? options)
    {
        options ??= AnswerOptions.Default;
        Check(options.RoundingDigits is >= 1 and <= 30, nameof(options.RoundingDigits), "1–30");
        Check(options.IrrationalRoundingDigits is >= 1 and <= 30, nameof(options.IrrationalRoundingDigits), "1–30");
        Check(options.DecimalRoundingDigits is >= 1 and <= 30, nameof(options.DecimalRoundingDigits), "1–30");
        Check(options.RelativeTolerance is >= 0 and <= 0.5, nameof(options.RelativeTolerance), "0–0.5");
        Check(options.MaxTextLength is >= 256 and <= 16_777_216, nameof(options.MaxTextLength), "256–16,777,216");
        return options;
    }

    private static void Check(bool holds, string option, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(option, $"AnswerOptions.{option} must be in {range}.");
    }
}
