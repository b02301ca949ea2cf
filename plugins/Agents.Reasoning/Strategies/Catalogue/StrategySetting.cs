namespace Agents.Reasoning;

/// <summary>What kind of value a setting takes.</summary>
public enum SettingKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of <see cref="StrategySetting.Choices"/>.</summary>
    Choice,

    /// <summary>Whole numbers, at least one.</summary>
    Integers,

    /// <summary>A role's name.</summary>
    Role,

    /// <summary>Names of roles, at least one.</summary>
    Roles,

    /// <summary>Stages of a cascade, at least one: a role, and samples.</summary>
    Stages,

    /// <summary>A verifier.</summary>
    Verifier,
}

/// <summary>A setting that can be given by name, with what it may be: one table for readers of documents, their schema and lists.</summary>
/// <param name="Name">Its name, in camel case.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Idea">What it sets.</param>
public sealed record StrategySetting(string Name, SettingKind Kind, string Idea)
{
    /// <summary>The least value of a number; null for none.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest value of a number; null for none.</summary>
    public double? Max { get; init; }

    /// <summary>Whether <see cref="Min"/> itself is out of range.</summary>
    public bool IsMinExcluded { get; init; }

    /// <summary>Whether <see cref="Max"/> itself is out of range.</summary>
    public bool IsMaxExcluded { get; init; }

    /// <summary>The names to choose from; empty for other kinds.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Puts a value of the setting's kind into settings.</summary>
    internal Func<StrategySettings, object, StrategySettings> Apply { get; init; } = static (settings, _) => settings;

    /// <summary>True when a number is within the range.</summary>
    internal bool Holds(double value) => double.IsFinite(value) && (IsMinExcluded ? value > Min : value >= (Min ?? value)) && (IsMaxExcluded ? value < Max : value <= (Max ?? value));

    /// <summary>The range in words, such as "1 to 256" or "more than 0, at most 1".</summary>
    internal string Range => (IsMinExcluded, IsMaxExcluded) switch
    {
        (false, false) => FormattableString.Invariant($"{Min} to {Max}"),
        (true, false) => FormattableString.Invariant($"more than {Min}, at most {Max}"),
        (false, true) => FormattableString.Invariant($"at least {Min}, less than {Max}"),
        _ => FormattableString.Invariant($"more than {Min}, less than {Max}"),
    };
}
