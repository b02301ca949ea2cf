using System.Security.Cryptography;

namespace Agents.Evaluation;

/// <summary>A file of questions, read whole. Immutable.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Sha256">The hash of the file's bytes, lower-case hexadecimal: which data a result belongs to.</param>
/// <param name="Items">The questions in file order; at least one, ids unique.</param>
public sealed record EvaluationData(string Name, string Sha256, IReadOnlyList<EvaluationItem> Items)
{
    /// <summary>Whether any question carries a recorded answer.</summary>
    public bool HasRecordedAnswers => Items.Any(i => i.Samples.Any(s => s.Answer is not null));

    /// <summary>Reads a <c>.jsonl</c> or <c>.jsonl.gz</c> file.</summary>
    /// <exception cref="EvaluationDataException">The file is missing, empty or wrong somewhere; the message says where.</exception>
    public static async Task<EvaluationData> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        string name = Path.GetFileName(path);
        var items = new List<EvaluationItem>();
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach ((EvaluationItem item, long line) in EvaluationReader.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (!lines.TryAdd(item.Id, line))
                throw new EvaluationDataException(path, line, $"the id \"{item.Id}\" was already used on line {lines[item.Id]}");
            items.Add(item);
        }

        if (items.Count == 0)
            throw new EvaluationDataException(path, null, "holds no questions");
        FileStream bytes = File.OpenRead(path);
        await using (bytes.ConfigureAwait(false))
            return new EvaluationData(name, Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken).ConfigureAwait(false)), items);
    }
}
