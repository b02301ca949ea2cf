using Agents.Reasoning.Sqlite.Bench;

// dotnet run -c Release --project bench/Agents.Reasoning.Sqlite.Bench [-- FOLDER]   The folder's disk is what is measured.
await JournalBenchmark.RunAsync(Console.Out, args.Length > 0 ? args[0] : Path.GetTempPath());
