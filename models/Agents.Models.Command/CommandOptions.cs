using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Models.Command;

/// <summary>
/// A command and its limits. It comes from the operator's configuration only: nothing that a user, a document or a model says
/// may reach any of these values. The command is no sandbox; to run code that nobody has read, let it start one.
/// </summary>
public sealed record CommandOptions
{
    /// <summary>Stands for the path of the file with the code.</summary>
    public const string FilePlace = "{file}";

    /// <summary>Stands for the path of a file with the question.</summary>
    public const string QuestionPlace = "{question}";

    /// <summary>The program, then its arguments one by one; no shell reads them. At least one holds <see cref="FilePlace"/>.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The name of the file with the code, without a folder. Default <c>solution.py</c>.</summary>
    public string FileName { get; init; } = "solution.py";

    /// <summary>Wall-clock seconds until the whole process tree is ended, above 0, at most 3,600. Default 10.</summary>
    public double TimeLimitSeconds { get; init; } = 10;

    /// <summary>Characters of output kept, from 0; the rest is read and dropped. Default 16,384.</summary>
    public int MaxOutput { get; init; } = 16_384;

    /// <summary>Commands run at once, 1–256. Default: half of the processors.</summary>
    public int MaxParallel { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 256);

    /// <summary>Environment variables that the command inherits; all others are withheld. Default <c>PATH</c>, and <c>SystemRoot</c> for Windows.</summary>
    public IReadOnlyList<string> InheritedVariables { get; init; } = ["PATH", "SystemRoot"];

    /// <summary>Exit codes that say the tests could not be run, and so nothing of the code. Default 126 and 127, a shell's words for it.</summary>
    public IReadOnlyList<int> CannotRunExitCodes { get; init; } = [126, 127];

    /// <summary>Reads options from a JSON document with snake_case names; a field that is missing keeps its default.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">What to call it in errors, such as the file's name.</param>
    /// <exception cref="FormatException">It is not JSON, holds an unknown field, or an option is out of range.</exception>
    public static CommandOptions Parse(string json, string source)
    {
        try
        {
            CommandSettings settings = JsonSerializer.Deserialize(json, CommandSettingsJson.Default.CommandSettings) ?? throw new FormatException("it is empty");
            CommandOptions options = settings.ToOptions();
            options.Validate();
            return options;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            throw new FormatException($"{source} configures no command: {e.Message}", e);
        }
    }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        if (Command is not { Count: > 0 } || Command.Any(string.IsNullOrEmpty) || Command[0].Contains('{', StringComparison.Ordinal))
            throw new ArgumentException("Command must name a program and its arguments, none of them empty.");
        if (!Command.Any(a => a.Contains(FilePlace, StringComparison.Ordinal)))
            throw new ArgumentException($"Command must hold {FilePlace}, the place of the file with the code.");
        if (string.IsNullOrWhiteSpace(FileName) || FileName != Path.GetFileName(FileName) || FileName is "." or "..")
            throw new ArgumentException($"FileName must be a name without a folder, not '{FileName}'.");
        if (TimeLimitSeconds is not (> 0 and <= 3600))
            throw new ArgumentException(FormattableString.Invariant($"TimeLimitSeconds must be above 0 and at most 3600, not {TimeLimitSeconds}."));
        if (MaxOutput < 0)
            throw new ArgumentException(FormattableString.Invariant($"MaxOutput must be at least 0, not {MaxOutput}."));
        if (MaxParallel is < 1 or > 256)
            throw new ArgumentException(FormattableString.Invariant($"MaxParallel must be 1 to 256, not {MaxParallel}."));
        if (CannotRunExitCodes.Contains(0))
            throw new ArgumentException("CannotRunExitCodes must not hold 0: it says that the tests pass.");
    }
}

/// <summary>The document's form: what is missing is null, so that it keeps the default.</summary>
internal sealed record CommandSettings(IReadOnlyList<string>? Command, string? FileName, double? TimeLimitSeconds, int? MaxOutput, int? MaxParallel, IReadOnlyList<string>? InheritedVariables, IReadOnlyList<int>? CannotRunExitCodes)
{
    public CommandOptions ToOptions()
    {
        var standard = new CommandOptions { Command = Command ?? [] };
        return standard with
        {
            FileName = FileName ?? standard.FileName,
            TimeLimitSeconds = TimeLimitSeconds ?? standard.TimeLimitSeconds,
            MaxOutput = MaxOutput ?? standard.MaxOutput,
            MaxParallel = MaxParallel ?? standard.MaxParallel,
            InheritedVariables = InheritedVariables ?? standard.InheritedVariables,
            CannotRunExitCodes = CannotRunExitCodes ?? standard.CannotRunExitCodes,
        };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CommandSettings))]
internal sealed partial class CommandSettingsJson : JsonSerializerContext;
