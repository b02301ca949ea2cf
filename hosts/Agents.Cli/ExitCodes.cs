namespace Agents.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for <c>solve</c>, with an answer.</summary>
    public const int Done = 0;

    /// <summary>Bad usage or bad input.</summary>
    public const int BadUsage = 2;

    /// <summary>No answer could be reached.</summary>
    public const int NoAnswer = 3;

    /// <summary>Interrupted by the user; what was finished is kept.</summary>
    public const int Interrupted = 130;
}
