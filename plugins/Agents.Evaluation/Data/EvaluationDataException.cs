namespace Agents.Evaluation;

/// <summary>Evaluation data that cannot be read. The message is one line: the file, the line where there is one, and what is wrong.</summary>
public sealed class EvaluationDataException : Exception
{
    /// <summary>Data that cannot be read.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="line">The line, from 1; null when the file as a whole is at fault.</param>
    /// <param name="problem">What is wrong, in one clause.</param>
    /// <param name="inner">The cause, or null.</param>
    public EvaluationDataException(string file, long? line, string problem, Exception? inner = null)
        : base(line is null ? $"{file}: {problem}" : $"{file} line {line}: {problem}", inner)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file as the caller named it.</summary>
    public string File { get; }

    /// <summary>The line, from 1; null when the file as a whole is at fault.</summary>
    public long? Line { get; }
}
