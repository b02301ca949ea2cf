using Agents.Models.Onnx.Bench;

try
{
    var settings = BenchSettings.Parse(args);
    switch (settings.Command)
    {
        case "shipped":
            await ShippedClientBenchmark.RunAsync(settings);
            return 0;
        case "plans":
            await PlanBenchmark.RunAsync(settings);
            return 0;
        default:
            throw new FormatException(BenchSettings.Usage);
    }
}
catch (Exception e) when (e is FormatException or Agents.Models.Onnx.OnnxModelException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
