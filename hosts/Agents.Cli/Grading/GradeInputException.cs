namespace Agents.Cli.Grading;

/// <summary>A line of the pairs cannot be read.</summary>
internal sealed class GradeInputException(string file, long line, string problem) : Exception($"{file} line {line}: {problem}");
