using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>Counts finished runs and tells them on, at most ten times a second and once at the end. Thread-safe.</summary>
internal sealed class ProgressMeter(EvaluationPlan plan, IProgress<EvaluationProgress>? progress, TimeProvider time)
{
    // The rate is that of the last finished runs, so that a resumed evaluation, whose first runs come back at once,
    // does not promise an early end.
    private const int Window = 64;
    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Queue<long> finished = new([time.GetTimestamp()]);
    private readonly StrategyProgress[] strategies = [.. plan.Strategies.Select(s => new StrategyProgress(s.Name, 0, 0))];
    private readonly int total = plan.Data.Items.Count * plan.Strategies.Count;
    private long? lastReport;
    private int done;
    private long calls, tokens;

    public void Add(int strategy, bool? correct, RunUsage usage)
    {
        lock (gate)
        {
            long now = time.GetTimestamp();
            done++;
            calls += usage.ModelCalls;
            tokens += usage.InputTokens + usage.OutputTokens;
            strategies[strategy] = strategies[strategy] with { Done = strategies[strategy].Done + 1, Correct = strategies[strategy].Correct + (correct == true ? 1 : 0) };
            finished.Enqueue(now);
            if (finished.Count > Window)
                finished.Dequeue();
            if (progress is null || (done < total && lastReport is { } last && time.GetElapsedTime(last, now) < interval))
                return;
            lastReport = now;

            // Told on under the lock, so that no listener sees the count go backwards.
            double seconds = time.GetElapsedTime(finished.Peek(), now).TotalSeconds;
            double rate = seconds > 0 ? (finished.Count - 1) / seconds : 0;
            TimeSpan? remaining = done == total ? TimeSpan.Zero : rate > 0 ? TimeSpan.FromSeconds((total - done) / rate) : null;
            progress.Report(new EvaluationProgress(done, total, rate, remaining, calls, tokens, [.. strategies]));
        }
    }
}
