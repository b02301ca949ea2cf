using System.Text;
using Spectre.Console;

namespace Agents.Cli;

/// <summary>
/// Where a command writes: results on standard output, progress and errors on standard error. Live drawing only on a terminal.
/// </summary>
internal sealed class CommandConsole
{
    /// <summary>The process's own console, in UTF-8 without a mark.</summary>
    public CommandConsole()
        : this(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true }, new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true },
            isTerminal: !Console.IsOutputRedirected, isErrorTerminal: !Console.IsErrorRedirected)
    {
    }

    public CommandConsole(TextWriter output, TextWriter error, bool isTerminal = false, bool isErrorTerminal = false)
    {
        Output = output;
        Error = error;
        IsTerminal = isTerminal;
        IsErrorTerminal = isErrorTerminal;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Standard output is a terminal.</summary>
    public bool IsTerminal { get; }

    /// <summary>Standard error is a terminal: live progress may be drawn there.</summary>
    public bool IsErrorTerminal { get; }

    /// <summary>Draws on standard output: in colour on a terminal, as plain lines of 140 columns elsewhere.</summary>
    public IAnsiConsole Draw() => Create(Output, IsTerminal);

    /// <summary>Draws live progress on standard error.</summary>
    public IAnsiConsole DrawProgress() => Create(Error, IsErrorTerminal);

    private static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = 140;
        return console;
    }
}
