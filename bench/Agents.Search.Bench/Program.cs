using System.Globalization;
using Agents.Search.Bench;

// dotnet run -c Release --project bench/Agents.Search.Bench -- [NODES]
return args switch
{
    [] => SpeedCommand.Run(100_000),
    [var nodes] when int.TryParse(nodes, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1000 => SpeedCommand.Run(count),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: [NODES]   nodes a tree, at least 1000; default 100000");
    return 2;
}
