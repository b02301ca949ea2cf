using System.Text.Encodings.Web;
using System.Text.Json;

namespace Agents.Rewards;

/// <summary>A row with its reward and, where groups were asked for, its advantage.</summary>
/// <param name="Row">The row.</param>
/// <param name="Result">Its reward.</param>
/// <param name="Advantage">Its advantage in its group; null where none was asked for.</param>
public sealed record RewardedRow(RewardRow Row, RewardResult Result, double? Advantage)
{
    private static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Rewards rows in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="function">The reward function.</param>
    /// <param name="rule">Adds the advantage of each row within its group; null for none. A row without a group is a group of its own.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<RewardedRow>> ScoreAsync(IReadOnlyList<RewardRow> rows, RewardFunction function, AdvantageRule? rule = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(function);
        RewardResult[] results = [.. await function.ScoreAllAsync([.. rows.Select(r => r.Item)], cancellationToken: cancellationToken).ConfigureAwait(false)];
        double?[] advantages = new double?[rows.Count];
        foreach (IGrouping<string, int> group in Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].Group is { } named ? "g" + named : FormattableString.Invariant($"#{i}"), StringComparer.Ordinal))
        {
            int[] members = [.. group];
            if (function.GroupLengthWeight != 0)
            {
                IReadOnlyList<RewardResult> shaped = await GroupLength.AddAsync([.. members.Select(i => rows[i].Item)], [.. members.Select(i => results[i])], function.GroupLengthWeight, cancellationToken).ConfigureAwait(false);
                for (int k = 0; k < members.Length; k++)
                    results[members[k]] = shaped[k];
            }

            if (rule is not { } how)
                continue;
            GroupAdvantages of = GroupAdvantages.Of([.. members.Select(i => results[i].Reward)], how);
            for (int k = 0; k < members.Length; k++)
                advantages[members[k]] = of.Advantages[k];
        }

        return [.. rows.Select((row, i) => new RewardedRow(row, results[i], advantages[i]))];
    }

    /// <summary>The row's result as one line of JSON: <c>id, reward, advantage, refused_for, faults, parts</c>.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, readable))
            Write(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Writes the row's result as a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        if (Row.Id is not null)
        {
            writer.WritePropertyName("id");
            writer.WriteRawValue(Row.Id);
        }

        writer.WriteNumber("reward", Result.Reward);
        if (Advantage is { } advantage)
            writer.WriteNumber("advantage", advantage);
        WriteFaults(writer, "refused_for", Result.RefusedFor);
        WriteFaults(writer, "faults", Result.Faults);
        writer.WriteStartArray("parts");
        foreach (RewardPart part in Result.Parts)
        {
            writer.WriteStartObject();
            writer.WriteString("reward", part.Name);
            writer.WriteNumber("weight", part.Weight);
            if (part.Value is { } value)
                writer.WriteNumber("value", value);
            else
                writer.WriteNull("value");
            writer.WriteString("reason", part.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter writer, string name, CompletionFaults faults)
    {
        if (faults == CompletionFaults.None)
            return;
        writer.WriteStartArray(name);
        foreach (string fault in FaultNames.Each(faults))
            writer.WriteStringValue(fault);
        writer.WriteEndArray();
    }
}
