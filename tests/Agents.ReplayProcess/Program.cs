// Replays a journal in a process of its own: what depends on this process (hash seeds, statics, the clock) shows as a violation
// or another answer. Arguments: strategy, question, journal file (one JSON entry a line). Prints the answer and the keys' hash.
using System.Text.Json;
using Agents.Reasoning;
using Agents.Testing;

IReasoningStrategy strategy = StrategyCatalogue.Create(args[0], new StrategySettings { Samples = int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) });
JournalEntry[] journal = [.. File.ReadLines(args[2]).Select(line => JsonSerializer.Deserialize(line, ReasoningJson.Readable.JournalEntry)!)];
ScheduledOutcome outcome = ScheduledRun.Run(strategy, ReasoningRequest.FromQuestion(args[1]), _ => throw new InvalidOperationException("A journaled call was asked again."), 0, prefix: journal, can: StrategyContract.Needed(strategy));
Console.WriteLine(outcome.Result.Answer?.Text ?? "(none)");
Console.WriteLine(PromptHash.Of(string.Join('\n', outcome.RequestedKeys)));
