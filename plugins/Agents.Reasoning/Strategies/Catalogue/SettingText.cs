using System.Globalization;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning;

/// <summary>Settings of strategies as text, as a command line gives them: lists are parted by commas, stages are ROLE:SAMPLES.</summary>
public static class SettingText
{
    /// <summary>The settings with one of them set.</summary>
    /// <param name="settings">The settings before.</param>
    /// <param name="name">The name; case and hyphens do not matter.</param>
    /// <param name="value">The value as text.</param>
    /// <param name="strategies">The strategies it is for: at least one must take it.</param>
    /// <exception cref="ArgumentException">None takes it, or the value is not of its kind or out of its range; the message says what is.</exception>
    public static StrategySettings Apply(StrategySettings settings, string name, string value, IReadOnlyList<string> strategies)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(strategies);
        string plain = name.Replace("-", "", StringComparison.Ordinal);
        StrategySetting[] taken = [.. strategies.SelectMany(StrategyCatalogue.SettingsOf).Where(s => s.Kind != SettingKind.Verifier).DistinctBy(s => s.Name)];
        StrategySetting setting = taken.FirstOrDefault(s => string.Equals(s.Name, plain, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(name, taken, strategies);
        return setting.Apply(settings, Read(setting, value));
    }

    private static object Read(StrategySetting setting, string value) => setting.Kind switch
    {
        SettingKind.Integer => Integer(setting, value),
        SettingKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && setting.Holds(number) ? number : throw Wrong(setting, value, $"a number, {setting.Range}"),
        SettingKind.Choice => setting.Choices.FirstOrDefault(c => string.Equals(c, value, StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(setting, value, $"one of {string.Join(", ", setting.Choices)}"),
        SettingKind.Integers => value.Split(',').Select(v => Integer(setting, v.Trim())).ToArray(),
        SettingKind.Role => Role(setting, value),
        SettingKind.Roles => value.Split(',').Select(v => Role(setting, v.Trim())).ToArray(),
        SettingKind.Stages => value.Split(',').Select(v => Stage(setting, v.Trim())).ToArray(),
        _ => throw new ArgumentException($"'{setting.Name}' cannot be set as text."),
    };

    private static int Integer(StrategySetting setting, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && setting.Holds(number) ? number : throw Wrong(setting, value, $"a whole number, {setting.Range}");

    private static string Role(StrategySetting setting, string value) => Roles.IsName(value) ? value : throw Wrong(setting, value, "a role's name");

    private static CascadeStage Stage(StrategySetting setting, string value) =>
        value.Split(':') is [var role, var samples] ? new CascadeStage(Role(setting, role), Integer(setting, samples)) : throw Wrong(setting, value, "stages such as solver:4,expert:4");

    private static ArgumentException Wrong(StrategySetting setting, string value, string expected) => new($"'{setting.Name}' is '{(value.Length <= 40 ? value : value[..40] + "…")}' and must be {expected}.");

    private static ArgumentException Unknown(string name, StrategySetting[] taken, IReadOnlyList<string> strategies)
    {
        string[] near = NearMatches.Of(name, taken.Select(s => s.Name));
        string hint = near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : taken.Length > 0 ? $"There are: {string.Join(", ", taken.Select(s => s.Name))}." : "It takes none.";
        return new ArgumentException($"{string.Join(" and ", strategies)}: there is no setting '{name}'. {hint}");
    }
}
