namespace Agents.Answers.Reading;

/// <summary>A date as written: by the month-first order and by the day-first order. One is null when the date is possible in one order only; both agree when the form leaves no doubt.</summary>
internal sealed record CalendarDate(DateOnly? MonthFirst, DateOnly? DayFirst)
{
    /// <summary>The date by the preferred order, or by the other when that is the only possible one.</summary>
    public DateOnly Resolve(bool monthFirst) => (monthFirst ? MonthFirst ?? DayFirst : DayFirst ?? MonthFirst) ?? default;
}
