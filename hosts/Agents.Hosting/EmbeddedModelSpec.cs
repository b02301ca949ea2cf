using System.Globalization;
using Agents.Models.Embedded;

namespace Agents.Hosting;

/// <summary>Reads <c>embedded</c> (the model inside the build) and <c>embedded:DIR</c>, each with <c>?threads=N</c>.</summary>
internal static class EmbeddedModelSpec
{
    public const string Scheme = "embedded";

    public static bool IsKnown(string spec) => spec == Scheme || spec.StartsWith(Scheme + ":", StringComparison.Ordinal) || spec.StartsWith(Scheme + "?", StringComparison.Ordinal);

    /// <exception cref="FormatException">The spec is malformed.</exception>
    /// <exception cref="EmbeddedModelException">There is no such model.</exception>
    public static EmbeddedModel Load(string spec)
    {
        string[] parts = spec[Scheme.Length..].Split('?', 2);
        EmbeddedModelOptions options = parts.Length == 2 ? Options(parts[1]) : new();
        if (parts[0].Length == 0)
        {
            return EmbeddedModel.IsShipped ? EmbeddedModel.LoadShipped(options)
                : throw new EmbeddedModelException("This build carries no embedded model. Use --model embedded:DIR with a model folder, or --model openai:MODEL[@URL].");
        }

        return parts[0].Length > 1 ? EmbeddedModel.Load(parts[0][1..], options) : throw new FormatException("embedded: needs a folder after the colon.");
    }

    private static EmbeddedModelOptions Options(string query)
    {
        string[] pair = query.Split('=', 2);
        if (pair is not ["threads", var value])
            throw new FormatException($"The embedded model has no option '{pair[0]}'. There is: threads=N.");
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= 256
            ? new EmbeddedModelOptions { Threads = threads }
            : throw new FormatException("threads must be a number from 1 to 256.");
    }
}
