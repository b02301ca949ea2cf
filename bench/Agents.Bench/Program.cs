using Agents.Bench;

string command = args.FirstOrDefault() ?? "";
switch (command)
{
    case "loop":
        await LoopBenchmark.RunAsync();
        return 0;
    case "critical-path":
        await CriticalPathBenchmark.RunAsync();
        return 0;
    case "search-path":
        await SearchPathBenchmark.RunAsync();
        return 0;
    case "judge-overlap":
        await JudgeOverlapBenchmark.RunAsync();
        return 0;
    case "cancellation":
        await CancellationBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("Benchmarks: loop (overhead a call) | critical-path (wall time over the critical path, every strategy) | search-path (wall time over the critical path of a beam search of 64 with a judged step) | judge-overlap (wall time over the critical path when candidates are judged) | cancellation (until nothing is in flight)");
        return 2;
}
