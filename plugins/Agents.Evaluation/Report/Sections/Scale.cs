namespace Agents.Evaluation;

/// <summary>Maps values to a picture's coordinates, linearly or by logarithm.</summary>
internal sealed record Scale(double From, double To, double Start, double End, bool IsLog = false)
{
    public double At(double value) => IsLog
        ? Start + (Math.Log(value) - Math.Log(From)) / (Math.Log(To) - Math.Log(From)) * (End - Start)
        : Start + (To > From ? (value - From) / (To - From) : 0.5) * (End - Start);

    /// <summary>Round values within the scale.</summary>
    public IEnumerable<double> Ticks(int wanted)
    {
        if (IsLog)
            return Enumerable.Range(0, 31).Select(i => Math.Pow(2, i)).Where(v => v >= From && v <= To);
        double step = Figures.Step(To - From, wanted);
        double first = Math.Ceiling(From / step - 1e-9) * step;
        return Enumerable.Range(0, 1 + (int)Math.Floor((To - first) / step + 1e-9)).Select(i => first + i * step);
    }
}
