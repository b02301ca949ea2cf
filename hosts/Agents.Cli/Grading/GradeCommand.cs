using System.CommandLine;
using Agents.Answers;

namespace Agents.Cli.Grading;

/// <summary><c>agents grade</c>: are these pairs of answers equal?</summary>
internal static class GradeCommand
{
    public static Command Create(CommandConsole console)
    {
        var pairs = new Argument<string>("pairs") { Description = "Pairs, one JSON object a line: id, gold, pred. .jsonl or .jsonl.gz; - reads standard input." };
        var output = new Option<string?>("--out") { Description = "Write here instead of to standard output.", HelpName = "FILE" };
        var swap = new Option<bool>("--swap") { Description = "Compare with the arguments exchanged." };
        var command = new Command("grade", "Compares pairs of answers and writes {\"id\",\"equal\":true|false|null} for each, in order.") { pairs, output, swap };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string file = parsed.GetValue(pairs)!;
            using StreamReader reader = InputLines.Open(file);
            string? path = parsed.GetValue(output);
            TextWriter writer = path is null ? console.Output : new StreamWriter(path + ".tmp", append: false);
            var score = new GradeScore();
            try
            {
                long number = 0;
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    number++;
                    if (string.IsNullOrWhiteSpace(line))
                        continue;
                    GradedPair pair = GradedPair.Parse(file, number, line);
                    Equivalence equal = parsed.GetValue(swap) ? AnswerGrader.Default.Grade(pair.Prediction, pair.Gold) : AnswerGrader.Default.Grade(pair.Gold, pair.Prediction);
                    score.Add(pair.Expected, equal);
                    await writer.WriteLineAsync(pair.Write(equal));
                }
            }
            finally
            {
                if (path is not null)
                {
                    await writer.DisposeAsync();
                    // Also what was graded before a bad line is kept.
                    File.Move(path + ".tmp", path, overwrite: true);
                }
            }

            await console.Error.WriteLineAsync(score.ToString());
            return ExitCodes.Done;
        });
        return command;
    }
}
