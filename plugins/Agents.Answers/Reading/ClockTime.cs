namespace Agents.Answers.Reading;

/// <summary>A time of day in seconds after midnight; without am or pm an hour up to 12 may mean either half of the day.</summary>
internal sealed record ClockTime(int Seconds, bool HasHalf)
{
    private const int HalfDay = 12 * 3600;

    /// <summary>Whether the two name one time: exactly, or up to the half of the day when just one of them states it.</summary>
    public bool Matches(ClockTime other) =>
        Seconds == other.Seconds || (HasHalf != other.HasHalf && (HasHalf ? other : this).Seconds <= HalfDay + 3599 && Seconds % HalfDay == other.Seconds % HalfDay);
}
