using System.IO.Compression;

namespace Agents.Cli;

/// <summary>Opens the lines of a command's input.</summary>
internal static class InputLines
{
    /// <summary>A file, compressed where its name ends in <c>.gz</c>; <c>-</c> is standard input.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static StreamReader Open(string file)
    {
        if (file == "-")
            return new StreamReader(Console.OpenStandardInput());
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no file '{file}'.");
        Stream stream = File.OpenRead(file);
        return new StreamReader(file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }
}
