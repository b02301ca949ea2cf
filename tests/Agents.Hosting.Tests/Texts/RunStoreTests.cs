using System.Collections.Concurrent;
using Agents.Hosting.Texts;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Agents.Hosting.Tests.Texts;

/// <summary>The stores of runs: one law for all, the blob store against a stub of the storage service's REST API.</summary>
public sealed class RunStoreTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("agents-store-").FullName;
    private readonly ConcurrentDictionary<string, string> blobs = new();
    private readonly ConcurrentQueue<(string Method, string Blob, IHeaderDictionary Headers)> requests = new();
    private static readonly HttpClient http = new();
    private WebApplication storage = null!;
    private int? refuse;

    public static TheoryData<string> Kinds => ["memory", "file", "blob"];

    private Uri Container => new(storage.Urls.Single() + "/texts");

    private IRunStore Store(string kind) => kind switch { "memory" => new MemoryRunStore(), "file" => new FileRunStore(Path.Combine(folder, "store")), _ => new BlobRunStore(Container, new FixedToken(), http) };

    [Theory, MemberData(nameof(Kinds))]
    public void Text_IsFoundByTheHashOfItsContent(string kind)
    {
        IRunStore store = Store(kind);
        string id = store.Put("Größe ½ ≠ 🙂");
        Assert.Equal((TextId.Of("Größe ½ ≠ 🙂"), "Größe ½ ≠ 🙂"), (id, store.Get(id)));
        Assert.Equal(id, store.Put("Größe ½ ≠ 🙂"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Text_ThatIsNotThere_IsSaidSo(string kind) =>
        Assert.Contains("not in the store", Assert.Throws<RunTextMissingException>(() => Store(kind).Get(TextId.Of("never put"))).Message, StringComparison.Ordinal);

    [Theory, MemberData(nameof(Kinds))]
    public void WhatIsNoId_ReachesNoFileAndNoAddress(string kind)
    {
        IRunStore store = Store(kind);
        foreach (string id in (string[])["../secret", "", new string('A', 64), new string('a', 63) + "/"])
        {
            Assert.Throws<ArgumentException>(() => store.Get(id));
            Assert.Throws<ArgumentException>(() => store.Mark(id));
            Assert.Throws<ArgumentException>(() => store.IsMarked(id));
        }

        Assert.Empty(requests);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Mark_StaysOnceSet(string kind)
    {
        IRunStore store = Store(kind);
        string name = TextId.Of("a mark");
        Assert.False(store.IsMarked(name));
        store.Mark(name);
        store.Mark(name);
        Assert.True(store.IsMarked(name));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("blob")]
    public void SharedStore_ShowsAnotherProcessWhatWasPut(string kind)
    {
        string id = Store(kind).Put("text");
        Store(kind).Mark(id);
        IRunStore other = Store(kind);
        Assert.Equal(("text", true, true), (other.Get(id), other.IsMarked(id), other.IsShared));
    }

    [Fact]
    public void Blobs_AreWrittenOnce_WithTheIdentitysToken_AndReadFromMemoryAfterwards()
    {
        IRunStore store = Store("blob");
        string id = store.Put("text");
        store.Put("text");
        store.Get(id);
        (string method, string blob, IHeaderDictionary headers) = Assert.Single(requests);
        Assert.Equal(("PUT", id, "Bearer token-of-the-app", "BlockBlob", "*", "2023-11-03"), (method, blob, headers.Authorization.ToString(), headers["x-ms-blob-type"].ToString(), headers.IfNoneMatch.ToString(), headers["x-ms-version"].ToString()));
        Store("blob").Put("text");
        Assert.Equal("text", blobs[id]);
    }

    [Fact]
    public void Storage_ThatRefuses_IsNamedWithTheRoleThatIsMissing()
    {
        refuse = 403;
        string message = Assert.Throws<IOException>(() => Store("blob").Put("text")).Message;
        Assert.Contains("403", message, StringComparison.Ordinal);
        Assert.Contains("Storage Blob Data Contributor", message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-the-app", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Place_DecidesTheStore()
    {
        Assert.IsType<MemoryRunStore>(RunStores.Open(null));
        Assert.IsType<FileRunStore>(RunStores.Open(Path.Combine(folder, "by-place")));
        Assert.IsType<BlobRunStore>(RunStores.Open("https://account.blob.core.windows.net/texts"));
    }

    [Theory]
    [InlineData("http://account.blob.core.windows.net/texts")]
    [InlineData("https://account.blob.core.windows.net")]
    [InlineData("https://account.blob.core.windows.net/texts?sig=secret")]
    public void Place_ThatIsNoContainer_IsRefused_WithoutItsQuery(string place) =>
        Assert.DoesNotContain("secret", Assert.Throws<ArgumentException>(() => RunStores.Open(place)).Message, StringComparison.Ordinal);

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        storage = builder.Build();
        storage.Map("/texts/{blob}", ServeAsync);
        await storage.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await storage.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IResult> ServeAsync(HttpContext context, string blob)
    {
        requests.Enqueue((context.Request.Method, blob, new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value))));
        if (refuse is { } status)
            return TypedResults.StatusCode(status);
        if (!HttpMethods.IsPut(context.Request.Method))
            return blobs.TryGetValue(blob, out string? text) ? TypedResults.Text(text) : TypedResults.NotFound();
        using var reader = new StreamReader(context.Request.Body);
        // "If-None-Match: *" on a blob that is there.
        return blobs.TryAdd(blob, await reader.ReadToEndAsync()) ? TypedResults.StatusCode(201) : TypedResults.StatusCode(409);
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Assert.Equal(["https://storage.azure.com/.default"], requestContext.Scopes);
            return new AccessToken("token-of-the-app", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
