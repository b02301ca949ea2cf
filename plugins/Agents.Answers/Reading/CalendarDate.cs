namespace Agents.Answers.Reading;

/// <summary>A date as written: by the month-first order and by the day-first order. One is null when the date is possible in one order only; both agree when the form leaves no doubt.</summary>
internal sealed record CalendarDate(DateOnly? MonthFirst, DateOnly? DayFirst, bool HasYear = true)
{
    /// <summary>Whether the two are one day; a date without a year is that day of any year.</summary>
    public bool Matches(CalendarDate other, bool monthFirst)
    {
        (DateOnly a, DateOnly b) = (Resolve(monthFirst), other.Resolve(monthFirst));
        return HasYear && other.HasYear ? a == b : a.Month == b.Month && a.Day == b.Day;
    }

    /// <summary>The date by the preferred order, or by the other when that is the only possible one.</summary>
    public DateOnly Resolve(bool monthFirst) => (monthFirst ? MonthFirst ?? DayFirst : DayFirst ?? MonthFirst) ?? default;
}
