using System.CommandLine;
using Agents.Reasoning;

namespace Agents.Cli;

/// <summary><c>--set name=value</c>: any setting that a strategy takes, by the table that documents are read by.</summary>
internal static class SettingOption
{
    /// <summary>The option.</summary>
    /// <param name="of">Whose settings, for the help text.</param>
    public static Option<string[]> Create(string of = "of the strategy") =>
        new("--set") { Description = $"A setting {of}; may be given several times. `agents strategies --json` lists them with type, default and meaning.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };

    /// <summary>The settings with what was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="settings">What was set elsewhere.</param>
    /// <param name="strategies">The strategies that run: each setting must be one that at least one of them takes.</param>
    /// <exception cref="ArgumentException">A value is malformed, or none of the strategies takes the setting.</exception>
    public static StrategySettings Apply(ParseResult parsed, Option<string[]> option, StrategySettings settings, IReadOnlyList<string> strategies)
    {
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string text in parsed.GetValue(option)!)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new ArgumentException($"--set '{text}' must be NAME=VALUE, such as width=8.");
            if (!given.Add(text[..equals]))
                throw new ArgumentException($"--set gives '{text[..equals]}' two values.");
            settings = SettingText.Apply(settings, text[..equals], text[(equals + 1)..], strategies);
        }

        return settings;
    }
}
