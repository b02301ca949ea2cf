using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Agents.Evaluation;

/// <summary>Streams questions from JSON Lines, plain or gzip: told apart by the file's first bytes, not by its name.</summary>
public static class EvaluationReader
{
    /// <summary>Reads the questions of a file one by one, each with its line number from 1; blank lines are skipped.</summary>
    /// <exception cref="EvaluationDataException">The file is missing or unreadable, or a line is wrong; the message says where.</exception>
    public static async IAsyncEnumerable<(EvaluationItem Item, long Line)> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using StreamReader reader = Open(path);
        for (long line = 1; ; line++)
        {
            string? text;
            try
            {
                text = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or DecoderFallbackException)
            {
                string problem = e is DecoderFallbackException ? "not UTF-8 text" : "the file is damaged or cut off here";
                throw new EvaluationDataException(path, line, problem, e);
            }

            if (text is null)
                yield break;
            if (!string.IsNullOrWhiteSpace(text))
                yield return (EvaluationLine.Parse(text, path, line), line);
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new EvaluationDataException(path, null, "is a folder, not a file");
            FileStream file = File.OpenRead(path);
            bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return new StreamReader(isGzip ? new GZipStream(file, CompressionMode.Decompress) : file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EvaluationDataException(path, null, "there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new EvaluationDataException(path, null, $"cannot be opened: {e.Message}", e);
        }
    }
}
