using System.Globalization;
using System.Text;
using System.Text.Json;
using Agents.Answers;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// Records samples of a model: bought once, replayed by any strategy as often as wanted, and the raw material of training data.
/// A question is written when all its samples are in; interrupted, the same plan goes on after the last whole line.
/// </summary>
public static class SampleRecorder
{
    /// <summary>Records what the file does not hold yet.</summary>
    /// <param name="plan">What to record.</param>
    /// <param name="path">The file; created, or continued when the same plan wrote it.</param>
    /// <param name="progress">Told the number of questions finished, those found in the file included.</param>
    /// <param name="cancellationToken">Cancels; finished questions are in the file.</param>
    /// <returns>What the file now holds.</returns>
    /// <exception cref="EvaluationDataException">The file is of another plan or is damaged before its last line.</exception>
    public static async Task<RecordingOutcome> RecordAsync(RecordingPlan plan, string path, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        plan.Validate();
        string fingerprint = plan.Fingerprint;
        Dictionary<string, EvaluationItem> done = await ContinueAsync(plan, path, fingerprint, cancellationToken).ConfigureAwait(false);
        var counts = new RecordingCounts(done.Values);
        progress?.Report(done.Count);
        EvaluationItem[] rest = [.. plan.Data.Items.Where(i => !done.ContainsKey(i.Id))];
        int finished = done.Count;
        using var gate = new SemaphoreSlim(1);
        var writer = new StreamWriter(path, append: true, new UTF8Encoding(false)) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            await Parallel.ForEachAsync(rest, new ParallelOptions { MaxDegreeOfParallelism = plan.MaxParallelQuestions, CancellationToken = cancellationToken }, async (item, token) =>
            {
                RecordedLine line = await AskAsync(plan, item, fingerprint, token).ConfigureAwait(false);
                await gate.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    await writer.WriteLineAsync(JsonSerializer.Serialize(line, RecordedLineJson.Readable.RecordedLine)).ConfigureAwait(false);
                    await writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                    counts.Add(line);
                    progress?.Report(++finished);
                }
                finally
                {
                    gate.Release();
                }
            }).ConfigureAwait(false);
        }

        return counts.Outcome(finished);
    }

    private static async Task<RecordedLine> AskAsync(RecordingPlan plan, EvaluationItem item, string fingerprint, CancellationToken cancellationToken)
    {
        ReasoningRequest request = ReasoningRequest.FromQuestion(item.Question, plan.ExpectedAnswer) with { Options = plan.Sampling };
        // A function of the plan's seed and the question, so that a question's samples do not depend on its neighbours.
        var seeds = new SplitMix64(BitConverter.ToUInt64(Convert.FromHexString(PromptHash.Of($"{plan.Seed}|{item.Id}")[..16])));
        var batch = new SampleBatch(
            plan.Prompt.Render(request),
            plan.Prompt.Options(request, RecordingPlan.DefaultTemperature),
            [.. Enumerable.Range(0, plan.Samples).Select(i => new SampleRequest(string.Create(CultureInfo.InvariantCulture, $"{fingerprint}|{item.Id}|{i}"), i, (long)(seeds.Next() & int.MaxValue)))]);
        var outcomes = new CallOutcome?[plan.Samples];
        Dictionary<string, int> places = batch.Requests.ToDictionary(r => r.Key, r => r.Index, StringComparer.Ordinal);
        await foreach (SampleDelivery delivery in plan.Model.SampleAsync(batch, cancellationToken).ConfigureAwait(false))
            outcomes[places[delivery.Key]] = delivery.Outcome;
        var correctness = new GoldCorrectness(request.Equivalence);
        RecordedLineSample[] samples =
        [
            .. outcomes.Where(o => o is { Failure: null }).Select((outcome, index) =>
            {
                Answer? answer = request.Extractor.Extract(new Sample(index, "", outcome!), plan.ExpectedAnswer);
                return new RecordedLineSample(outcome!.Text ?? "", answer?.Text, answer is null ? false : correctness.Compare(item, answer), outcome.FinishReason, outcome.Usage?.InputTokens, outcome.Usage?.OutputTokens);
            }),
        ];
        return new RecordedLine(item.Id, item.Question, item.Gold, fingerprint, samples, plan.Samples - samples.Length);
    }

    /// <summary>What the file holds already; a last line cut off by an interruption is taken away.</summary>
    private static async Task<Dictionary<string, EvaluationItem>> ContinueAsync(RecordingPlan plan, string path, string fingerprint, CancellationToken cancellationToken)
    {
        var done = new Dictionary<string, EvaluationItem>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return done;
        CutPartialLine(path);
        await foreach ((EvaluationItem item, long line) in EvaluationReader.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            if (!item.Other.TryGetValue("recorded_by", out JsonElement by) || by.GetString() != fingerprint)
                throw new EvaluationDataException(path, line, "was recorded by another plan (model, prompt, options, samples, seed or data differ); choose another file");
            done[item.Id] = item;
        }

        return done;
    }

    private static void CutPartialLine(string path)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                break;
            end--;
        }

        file.SetLength(end);
    }
}
