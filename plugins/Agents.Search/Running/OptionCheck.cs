namespace Agents.Search.Running;

/// <summary>Checks options once, where a search is made. The message names the option and its range.</summary>
internal static class OptionCheck
{
    public static void InRange(string owner, string option, double value, double low, double high)
    {
        if (!(value >= low && value <= high)) throw new ArgumentOutOfRangeException(option, FormattableString.Invariant($"{owner}.{option} must be in {low}–{high}, not {value}."));
    }

    public static void AtLeast(string owner, string option, double value, double low)
    {
        if (!(value >= low && double.IsFinite(value))) throw new ArgumentOutOfRangeException(option, FormattableString.Invariant($"{owner}.{option} must be at least {low}, not {value}."));
    }

    public static void Require(bool holds, string option, string message)
    {
        if (!holds) throw new ArgumentException(message, option);
    }

    public static void Defined<T>(string owner, string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) throw new ArgumentOutOfRangeException(option, $"{owner}.{option} is not one of {string.Join(", ", Enum.GetNames<T>())}: {value}.");
    }

    public static void ActionName(string owner, string option, string? name)
    {
        if (string.IsNullOrEmpty(name) || name.IndexOfAny(['/', '#', ';']) >= 0 || name.Any(char.IsControl) || name.Any(char.IsSurrogate))
            throw new ArgumentException($"{owner}.{option} names an action '{name}'; a name is not empty and has no '/', '#', ';' or control character, because it becomes part of paths and fingerprints.", option);
    }
}
