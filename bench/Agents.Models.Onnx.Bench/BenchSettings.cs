using System.Globalization;

namespace Agents.Models.Onnx.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchSettings(string Command)
{
    public const string Usage = """
        usage: shipped | plans, each with
          --model SPEC     the model (default: onnx:models/embedded)
          --runs N         runs of which the median is reported (default 5)
        shipped: N samples of one prompt, against the package's own chat client asked N times in turn
        plans: batch against rewind by lengths of prompt and text
        """;

    public string Model { get; init; } = "onnx:models/embedded";

    public int Runs { get; init; } = 5;

    public static BenchSettings Parse(string[] args)
    {
        var settings = new BenchSettings(args.FirstOrDefault() ?? "");
        for (int i = 1; i < args.Length; i++)
        {
            settings = args[i] switch
            {
                "--model" => settings with { Model = Next() },
                "--runs" => settings with { Runs = int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out int runs) && runs > 0 ? runs : throw new FormatException("--runs needs a number above 0.") },
                _ => throw new FormatException($"There is no option '{args[i]}'.\n{Usage}"),
            };

            string Next() => ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
        }

        return settings;
    }

    public OnnxModel Load(OnnxPlan? plan = null)
    {
        (string folder, OnnxModelOptions options) = OnnxModelSpec.Parse(Model);
        return OnnxModel.Load(folder, plan is null ? options : new OnnxModelOptions { Provider = options.Provider, Threads = options.Threads, MemoryLimit = options.MemoryLimit, Plan = plan.Value });
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
