using System.Globalization;

namespace Agents.Models.Onnx;

/// <summary>
/// Reads <c>onnx:DIR</c> with options as <c>?provider=cuda&amp;fallback=cpu</c>: <c>provider</c>, <c>fallback</c>, <c>plan</c>
/// (auto, batch or rewind), <c>rows</c>, <c>threads</c>, <c>memory</c> (megabytes) and <c>controls</c> (text).
/// </summary>
public static class OnnxModelSpec
{
    /// <summary>What the spec begins with.</summary>
    public const string Scheme = "onnx";

    private const string Known = "provider, fallback, plan, rows, threads, memory, controls";

    /// <summary>Whether a spec begins with the scheme.</summary>
    public static bool IsKnown(string spec) => spec is not null && spec.StartsWith(Scheme + ":", StringComparison.Ordinal);

    /// <summary>The folder and the options that a spec states.</summary>
    /// <exception cref="FormatException">The spec is not one; the message names the option.</exception>
    public static (string Folder, OnnxModelOptions Options) Parse(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (!IsKnown(spec))
            throw new FormatException("An ONNX model spec begins with onnx: and a folder.");
        string[] parts = spec[(Scheme.Length + 1)..].Split('?', 2);
        if (parts[0].Length == 0)
            throw new FormatException("onnx: needs a folder after the colon, as onnx:DIR[?provider=cuda].");
        Dictionary<string, string> values = parts.Length == 2 ? Pairs(parts[1]) : [];
        try
        {
            var options = new OnnxModelOptions
            {
                Provider = values.GetValueOrDefault("provider"),
                FallbackProvider = values.GetValueOrDefault("fallback"),
                Plan = values.TryGetValue("plan", out string? plan) ? PlanOf(plan) : OnnxPlan.Automatic,
                BatchRows = Number(values, "rows") is { } rows ? (int)rows : OnnxModelOptions.MaxBatchRows,
                Threads = (int?)Number(values, "threads"),
                MemoryLimit = Number(values, "memory") * 1_000_000,
                ControlTokensAreText = values.TryGetValue("controls", out string? controls) && (controls == "text" ? true : throw new FormatException("controls must be 'text'.")),
            };
            options.Validate();
            return (parts[0], options);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FormatException("The ONNX model spec is out of range: " + e.Message, e);
        }
    }

    private static Dictionary<string, string> Pairs(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in query.Split('&').Select(p => p.Split('=', 2)))
        {
            if (!Known.Split(", ").Contains(pair[0], StringComparer.Ordinal))
                throw new FormatException($"An ONNX model has no option '{pair[0]}'. There are: {Known}.");
            if (pair is not [_, { Length: > 0 } value] || !values.TryAdd(pair[0], value))
                throw new FormatException($"'{pair[0]}' needs one value, as {pair[0]}=VALUE.");
        }

        return values;
    }

    private static OnnxPlan PlanOf(string name) => name switch
    {
        "auto" => OnnxPlan.Automatic,
        "batch" => OnnxPlan.Batch,
        "rewind" => OnnxPlan.Rewind,
        _ => throw new FormatException($"plan is '{name}'; it must be auto, batch or rewind."),
    };

    private static long? Number(Dictionary<string, string> values, string name) =>
        !values.TryGetValue(name, out string? text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"{name} must be a whole number.");
}
