using System.Runtime.CompilerServices;
using System.Text;

namespace Agents.Testing.Tests.StrategyScan.Samples;

[Legal]
public sealed class TimeFromTheContext
{
    public async Task<int> Run(Task<int> t, TimeProvider time)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), time);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        using ITimer timer = time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero);
        _ = time.GetUtcNow();
        return await t.WaitAsync(TimeSpan.FromSeconds(1), time, limit.Token);
    }
}

[Legal]
public sealed class Combining
{
    public async Task<int> Run(Task<int>[] tasks, ValueTask<int> value, CancellationToken token)
    {
        using var own = new CancellationTokenSource();
        await own.Token.Register(() => { }).DisposeAsync();
        own.Cancel();
        await Task.WhenAny(tasks);
        await Task.Yield();
        int[] all = await Task.WhenAll(tasks);
        return all.Sum() + await value + await tasks[0] + await tasks[0].WaitAsync(token) + await Task.FromResult(1);
    }
}

[Legal]
public sealed class OwnSource
{
    public async Task<int> Run()
    {
        var source = new TaskCompletionSource<int>();
        source.SetResult(1);
        return await source.Task;
    }
}

[Legal]
public sealed class AsyncIterator
{
    public async IAsyncEnumerable<int> Numbers(Task<int>[] tasks, [EnumeratorCancellation] CancellationToken token = default)
    {
        foreach (Task<int> task in tasks)
        {
            token.ThrowIfCancellationRequested();
            yield return await task;
        }
    }

    public async Task<int> Run(Task<int>[] tasks)
    {
        int sum = 0;
        await foreach (int number in Numbers(tasks).WithCancellation(default))
        {
            sum += number;
        }

        return sum;
    }

    public IEnumerable<int> Sync()
    {
        yield return 1;
        yield return 2;
    }
}

[Legal]
public sealed class AwaitInsideCatchAndFinally
{
    public async Task<int> Run(Task<int> t, IAsyncDisposable d)
    {
        await using (d)
        {
            try
            {
                return await t;
            }
            catch (InvalidOperationException) when (t.IsFaulted)
            {
                return await Task.FromResult(1);
            }
            finally
            {
                await Task.Yield();
            }
        }
    }
}

[Legal]
public sealed class AsyncLambdas
{
    public async Task<int> Run(Task<int>[] tasks)
    {
        Func<Task<int>, Task<int>> twice = async t => 2 * await t;
        return (await Task.WhenAll(tasks.Select(twice))).Sum() + await Local();

        async Task<int> Local() => await tasks[0];
    }
}

[Legal]
public sealed class Collections
{
    private static readonly Func<int, int> Twice = x => 2 * x;
    private static readonly string[] Words = ["a", "b"];

    public string Run(IEnumerable<string> words)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in words.Concat(Words).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        var sorted = new SortedDictionary<string, int>(counts, StringComparer.Ordinal);
        List<int> numbers = [.. sorted.Values, 1, 2];
        return $"{numbers.Select(Twice).Sum()} {string.Join(',', sorted.Keys.Select(Upper))} {new StringBuilder().Append(1)}";
    }

    private static string Upper(string word) => word.ToUpperInvariant();
}

[Legal]
public sealed class StringSwitch
{
    public int Run(string word) => word switch
    {
        "one" => 1, "two" => 2, "three" => 3, "four" => 4, "five" => 5, "six" => 6, "seven" => 7, "eight" => 8, "nine" => 9, _ => 0,
    };
}

[Legal]
public sealed record LegalRecord(string Name, IReadOnlyList<int> Values)
{
    public LegalRecord Renamed(string name) => this with { Name = name };
}

[Legal]
public sealed class GroupsByKey
{
    private readonly record struct Key(string Name, int Index);

    public int Run(IEnumerable<string> words) => words.GroupBy(w => new { w.Length }).Count()
        + words.Select((w, i) => new Key(w, i)).ToHashSet().Count;
}

[Legal]
public sealed class TextInMemory
{
    public string? Run(string text)
    {
        using var reader = new StringReader(text);
        return reader.ReadLine() ?? throw new InvalidDataException();
    }
}
