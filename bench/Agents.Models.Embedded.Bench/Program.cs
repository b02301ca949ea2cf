using Agents.Models.Embedded.Bench;

// dotnet run -c Release --project bench/Agents.Models.Embedded.Bench -- decode|load|limits|parts|search-tokens|against-pytorch [--folder DIR] …
BenchSettings settings;
try
{
    settings = BenchSettings.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

switch (settings.Command)
{
    case "decode":
        DecodeBenchmark.Run(settings);
        return 0;
    case "load":
        LoadBenchmark.Run(settings);
        return 0;
    case "limits":
        LimitsBenchmark.Run(settings);
        return 0;
    case "parts":
        PartsBenchmark.Run(settings);
        return 0;
    case "search-tokens":
        await SearchTokensBenchmark.RunAsync(settings);
        return 0;
    case "against-pytorch":
        return PyTorchBenchmark.Run(settings);
    default:
        Console.Error.WriteLine(BenchSettings.Usage);
        return 2;
}
