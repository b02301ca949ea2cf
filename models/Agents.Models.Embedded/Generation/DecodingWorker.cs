using Agents.Reasoning;

namespace Agents.Models.Embedded;

/// <summary>What one thread needs: a forward pass, and the rows it steps. Not thread-safe.</summary>
internal sealed class DecodingWorker
{
    private const int PromptRows = 32;

    private readonly ForwardPass pass;
    private readonly PrefixCache prefixes;
    private readonly TokenChooser chooser;
    private readonly int context;
    private readonly List<BatchRow> rows = [];
    private readonly ForwardRow[] step;

    public DecodingWorker(Transformer model, KeyValuePool pool, PrefixCache prefixes, Tokenizer tokenizer, IReadOnlyList<int> ends, int rowsPerThread)
    {
        (this.prefixes, context) = (prefixes, model.Shape.Context);
        pass = new ForwardPass(model, pool, Math.Max(PromptRows, rowsPerThread));
        chooser = new TokenChooser(tokenizer, ends);
        step = new ForwardRow[pass.MaxRows];
    }

    /// <summary>Rows in the batch.</summary>
    public int Rows => rows.Count;

    /// <summary>Runs what the sequence lacks of a prompt.</summary>
    /// <returns>The logits after its last token.</returns>
    public float[] Read(int[] tokens, KeyValueSequence sequence)
    {
        while (true)
        {
            int first = sequence.Length, count = Math.Min(PromptRows, tokens.Length - first);
            sequence.Extend(count);
            for (int i = 0; i < count; i++)
                step[i] = new ForwardRow(tokens[first + i], first + i, sequence, first + i == tokens.Length - 1);
            pass.Run(step.AsSpan(0, count));
            if (sequence.Length == tokens.Length)
                return pass.Logits(0).ToArray();
        }
    }

    /// <summary>Takes a sample in; its first token comes from its prompt's logits.</summary>
    /// <returns>False when that token ended it.</returns>
    public bool Join(BatchRow sample, float[] logits)
    {
        if (Advance(sample, logits))
            return false;
        rows.Add(sample);
        return true;
    }

    /// <summary>One token for every row.</summary>
    /// <returns>How many rows left.</returns>
    public int Step()
    {
        int before = rows.Count;
        rows.RemoveAll(row => row.IsCancelled && Leave(row));
        try
        {
            for (int r = 0; r < rows.Count; r++)
            {
                KeyValueSequence sequence = rows[r].Sequence!;
                sequence.Extend(1);
                step[r] = new ForwardRow(rows[r].LastToken, sequence.Length - 1, sequence, true);
            }

            pass.Run(step.AsSpan(0, rows.Count));
            for (int r = 0, i = 0, count = rows.Count; i < count; i++)
            {
                if (Advance(rows[r], pass.Logits(i)))
                    rows.RemoveAt(r);
                else
                    r++;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever went wrong, the callers of these rows learn of it, and the thread goes on.
            foreach (BatchRow row in rows)
            {
                row.Fail(CallFailureKind.Other, e.Message);
                row.Sequence!.Dispose();
            }

            rows.Clear();
        }

        return before - rows.Count;
    }

    private bool Advance(BatchRow sample, ReadOnlySpan<float> logits)
    {
        try
        {
            return sample.Advance(logits, chooser, context) && Leave(sample);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A caller's own code runs in there: it costs its row, not the thread.
            sample.Fail(CallFailureKind.Other, e.Message);
            return Leave(sample);
        }
    }

    private bool Leave(BatchRow sample)
    {
        prefixes.Keep(sample.Tokens, sample.Sequence!);
        sample.Sequence!.Dispose();
        return true;
    }
}
