using Agents.Answers.Bench;

// dotnet run -c Release --project bench/Agents.Answers.Bench -- grade FILE | samples FILE… | speed [FILE] | fuzz [COUNT] [SEED] | peak
return args switch
{
    ["grade", var file] => GradeCommand.Run(file),
    ["samples", .. var files] => SamplesCommand.Run(files),
    ["speed", .. var rest] => SpeedCommand.Run(rest.Length > 0 ? rest[0] : null),
    ["fuzz", .. var rest] => FuzzCommand.Run(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000, rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 1),
    ["peak"] => PeakCommand.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: grade FILE | samples FILE... | speed [FILE] | fuzz [COUNT] [SEED] | peak");
    return 2;
}
