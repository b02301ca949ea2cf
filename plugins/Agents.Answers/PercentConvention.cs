namespace Agents.Answers;

/// <summary>What a percentage equals when the other answer is a plain number.</summary>
public enum PercentConvention
{
    /// <summary>Its number or its value: 10% equals 10 and 0.1.</summary>
    Either,
    /// <summary>Its number only: 10% equals 10.</summary>
    Number,
    /// <summary>Its value only: 10% equals 0.1.</summary>
    Value,
}
