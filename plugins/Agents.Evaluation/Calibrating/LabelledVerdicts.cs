using System.Security.Cryptography;
using System.Text.Json;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;

namespace Agents.Evaluation;

/// <summary>A verifier's labelled scores and where they come from.</summary>
/// <param name="Scores">The scores, in the order of the data.</param>
/// <param name="Abstentions">Candidates on which the verifier abstained.</param>
/// <param name="DataSha256">The hash of the file that they come from.</param>
public sealed record LabelledVerdicts(IReadOnlyList<LabelledScore> Scores, int Abstentions, string DataSha256)
{
    /// <summary>The plan by which a verifier judges every recorded sample of a data set.</summary>
    public static EvaluationPlan Plan(EvaluationData data, IVerifier verifier) => new()
    {
        Data = data,
        Strategies = [new EvaluatedStrategy(new BestOfNStrategy(new() { Samples = Math.Max(1, data.Items.Max(i => i.Samples.Count)), Verifier = verifier }))],
        VerifierFingerprint = verifier.Fingerprint,
    };

    /// <summary>The verdicts of an outcome.</summary>
    public static LabelledVerdicts Of(EvaluationOutcome outcome) =>
        Of(outcome.Records.SelectMany(r => VerdictRow.Of(r, outcome.Plan)), outcome.Plan.Data.Sha256);

    /// <summary>Reads the <c>verdicts.jsonl</c> that an evaluation with this verifier wrote.</summary>
    /// <exception cref="EvaluationDataException">The file is missing or wrong somewhere, or its verdicts are another verifier's.</exception>
    public static async Task<LabelledVerdicts> ReadAsync(string path, IVerifier verifier, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
            throw new EvaluationDataException(path, null, "there is no such file; an evaluation with --verifier writes it");
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var rows = new List<VerdictRow>();
        using var reader = new StreamReader(new MemoryStream(bytes));
        for (long line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            VerdictRow row = Parse(text, path, line);
            if (row.Fingerprint != verifier.Fingerprint)
                throw new EvaluationDataException(path, line, $"the verdict is of the verifier '{row.Verifier}' ({row.Fingerprint}), not of '{verifier.Name}' ({verifier.Fingerprint})");
            rows.Add(row);
        }

        return Of(rows, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static LabelledVerdicts Of(IEnumerable<VerdictRow> rows, string sha256)
    {
        // Several strategies of one evaluation may have judged the same sample; each candidate of each counts once.
        VerdictRow[] all = [.. rows];
        return new LabelledVerdicts([.. all.Where(r => r.Score is not null).Select(r => new LabelledScore(r.Id, r.Score!.Value, r.Correct))], all.Count(r => r.Score is null), sha256);
    }

    private static VerdictRow Parse(string text, string path, long line)
    {
        try
        {
            VerdictRow? row = JsonSerializer.Deserialize(text, EvaluationJson.Readable.VerdictRow);
            return row is { Id: not null, Verifier: not null, Fingerprint: not null } ? row : throw new EvaluationDataException(path, line, "id, verifier or fingerprint is missing");
        }
        catch (JsonException e)
        {
            throw new EvaluationDataException(path, line, "not a verdict", e);
        }
    }
}
