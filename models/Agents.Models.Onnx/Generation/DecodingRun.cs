using Agents.Reasoning;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx;

/// <summary>
/// Generates the samples of one prompt. Runs inside the model's gate, on one thread. Sampling is the law of
/// <c>Agents.Models.Decoding</c>, in both plans, so that a seed means the same text.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="folder">Its sizes and tokens.</param>
/// <param name="prompt">The prompt, the same for all samples.</param>
/// <param name="samples">At least one, with equal rules.</param>
/// <param name="ends">Tokens that end a text; none to measure texts of one length.</param>
/// <param name="ended">Cancelled when nobody waits any more.</param>
internal sealed class DecodingRun(Model model, ModelFolder folder, int[] prompt, IReadOnlyList<GeneratedSample> samples, IReadOnlyList<int> ends, CancellationToken ended)
{
    private readonly TokenChooser chooser = new(folder.Tokens, ends);

    /// <summary>Tokens that may be generated.</summary>
    public int NewTokens { get; } = NewTokensOf(samples[0].Rules, folder.Shape.Context - prompt.Length);

    /// <summary>Generates all samples; each is delivered as it ends.</summary>
    public void Execute(DecodingPlan plan)
    {
        if (plan.Rows > 1)
        {
            foreach (GeneratedSample[] wave in samples.Where(s => !s.IsCancelled).Chunk(plan.Rows))
                RunBatch(wave);
        }
        else if (plan.CanRewind)
        {
            RunInTurn(samples);
        }
        else
        {
            foreach (GeneratedSample sample in samples)
                RunInTurn([sample]);
        }
    }

    private static int NewTokensOf(SamplingRules rules, int room) => Math.Min(rules.MaxTokens ?? room, room);

    /// <summary>One row: after each sample the cache goes back to the end of the prompt.</summary>
    private void RunInTurn(IReadOnlyList<GeneratedSample> turn)
    {
        if (turn.All(sample => sample.IsCancelled))
            return;
        using DecodingSession session = Open(1);
        using CancellationTokenRegistration stop = ended.Register(session.Terminate);
        foreach (int[] part in prompt.Chunk(MemoryNeed.PromptChunk))
            session.Append(part);
        float[] first = session.LogitsOf(0).ToArray();
        bool isFresh = true;
        foreach (GeneratedSample sample in turn)
        {
            if (sample.IsCancelled)
                continue;
            if (!isFresh)
                session.RewindTo(prompt.Length);
            isFresh = false;
            ReadOnlySpan<float> logits = first;
            while (!HasEnded(sample, logits))
            {
                session.Append([sample.LastToken]);
                logits = session.LogitsOf(0);
            }
        }
    }

    /// <summary>A row a sample. A row that has ended is fed the end token, and computed on until all have.</summary>
    private void RunBatch(GeneratedSample[] wave)
    {
        using DecodingSession session = Open(wave.Length);
        using CancellationTokenRegistration stop = ended.Register(session.Terminate);
        session.Append([.. wave.SelectMany(_ => prompt)]);
        bool[] hasEnded = new bool[wave.Length];
        int[] next = new int[wave.Length];
        Array.Fill(next, folder.Generation.EndTokens[0]);
        while (true)
        {
            for (int row = 0; row < wave.Length; row++)
            {
                if (hasEnded[row])
                    continue;
                hasEnded[row] = HasEnded(wave[row], session.LogitsOf(row));
                next[row] = hasEnded[row] ? folder.Generation.EndTokens[0] : wave[row].LastToken;
            }

            if (Array.TrueForAll(hasEnded, row => row))
                return;
            session.Step(next);
        }
    }

    private DecodingSession Open(int rows) => new(model, rows, prompt.Length + NewTokens, folder.Shape.Vocabulary);

    private bool HasEnded(GeneratedSample sample, ReadOnlySpan<float> logits)
    {
        if (sample.IsCancelled)
            return true;
        try
        {
            return sample.Advance(logits, chooser, folder.Shape.Context);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A caller's own code runs in there: it costs its sample, not the others.
            sample.Fail(CallFailureKind.Other, e.Message);
            return true;
        }
    }
}
