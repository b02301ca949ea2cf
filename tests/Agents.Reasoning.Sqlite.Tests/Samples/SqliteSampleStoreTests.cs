using Agents.Reasoning.Sqlite.Tests.Outcomes;
using Agents.Reasoning.Sqlite.Writer;

namespace Agents.Reasoning.Sqlite.Tests.Samples;

public sealed class SqliteSampleStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteSampleStore store;

    public SqliteSampleStoreTests() => store = SqliteSampleStore.Open(folder.File("samples.db"));

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task FindAsync_SomeOfTheKeys_ReturnsThoseThatAreThere()
    {
        await store.AddAsync([Written.Sample(0), Written.Sample(2)]);
        var found = await store.FindAsync([.. Enumerable.Range(0, 4).Select(i => Written.Sample(i).Key)]);
        Assert.Equal([0, 2], found.Keys.Select(k => k.Index).Order());
        StoredOutcomeTests.AssertEqual(Written.Sample(2).Value, found[Written.Sample(2).Key]);
    }

    [Fact]
    public async Task FindAsync_NoKeys_FindsNothing() => Assert.Empty(await store.FindAsync([]));

    [Theory]
    [InlineData("other", "prompt", 42L, 0)]
    [InlineData("MODEL", "prompt", 42L, 0)]
    [InlineData("model", "other", 42L, 0)]
    [InlineData("model", "prompt", -42L, 0)]
    [InlineData("model", "prompt", 42L, 1)]
    public async Task FindAsync_AKeyThatDiffersInOnePart_IsAnotherSample(string model, string promptHash, long seed, int index)
    {
        await AddAsync(new SampleKey("model", "prompt", 42, 0), CallOutcome.FromText("here"));
        Assert.Empty(await store.FindAsync([new SampleKey(model, promptHash, seed, index)]));
    }

    [Fact]
    public async Task AddAsync_AKeyThatIsThere_KeepsTheFirst()
    {
        SampleKey key = new("model \uD800", "prompt", long.MinValue, int.MaxValue);
        await AddAsync(key, CallOutcome.FromText("first"));
        await AddAsync(key, CallOutcome.FromText("second"));
        Assert.Equal("first", (await store.FindAsync([key, key]))[key].Text);
    }

    [Fact]
    public async Task AddAsync_AFailure_IsNotStored()
    {
        SampleKey failed = new("model", "prompt", 0, 0), succeeded = new("model", "prompt", 0, 1);
        await store.AddAsync([new(failed, CallOutcome.Failed(CallFailureKind.TimedOut, "late")), new(succeeded, CallOutcome.FromText(""))]);
        Assert.Equal([succeeded], (await store.FindAsync([failed, succeeded])).Keys);
    }

    [Fact]
    public async Task AddAsync_ThenReopened_IsThere()
    {
        await store.AddAsync([Written.Sample(0)]);
        await store.DisposeAsync();
        await using SqliteSampleStore again = SqliteSampleStore.Open(folder.File("samples.db"));
        Assert.Single(await again.FindAsync([Written.Sample(0).Key]));
    }

    [Fact]
    public async Task AfterDispose_EveryCallFailsClearly()
    {
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.AddAsync([Written.Sample(0)]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FindAsync([Written.Sample(0).Key]));
    }

    [Fact]
    public async Task AddAsync_ManyThreads_AllAreThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
        {
            await store.AddAsync([Written.Sample(i), Written.Sample(i / 2)]);
            Assert.Single(await store.FindAsync([Written.Sample(i).Key]));
        })));
        Assert.Equal(400, (await store.FindAsync([.. Enumerable.Range(0, 400).Select(i => Written.Sample(i).Key)])).Count);
    }

    [Fact]
    public async Task AddAsync_ThreeProcessesAtOnce_AllSucceed()
    {
        const int count = 400;
        using var one = new WriterProcess("samples", store.FullPath, $"{count}");
        using var two = new WriterProcess("samples", store.FullPath, $"{count}");
        for (int i = 0; i < count; i++)
            await store.AddAsync([Written.Sample(i)]);
        Assert.Equal("added", await one.ReadLineAsync());
        Assert.Equal("added", await two.ReadLineAsync());
        Assert.Equal(count, (await store.FindAsync([.. Enumerable.Range(0, count).Select(i => Written.Sample(i).Key)])).Count);
        await one.EndAsync();
        await two.EndAsync();
        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
    }

    private ValueTask AddAsync(SampleKey key, CallOutcome outcome) => store.AddAsync([KeyValuePair.Create(key, outcome)]);
}
