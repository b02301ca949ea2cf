using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Core;

namespace Agents.Hosting.Texts;

/// <summary>
/// Texts and marks as blobs of one container of Azure Storage, by its REST API (version 2023-11-03) and an Entra identity. The
/// texts read last are kept in memory, because an orchestrator reads its own again in every replay.
/// </summary>
/// <param name="container">The container's address, <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>.</param>
/// <param name="credential">The identity; null for none, as where the address is a test's.</param>
/// <param name="http">The client; not disposed.</param>
public sealed class BlobRunStore(Uri container, TokenCredential? credential, HttpClient http) : IRunStore
{
    private const string Version = "2023-11-03";
    private const int MaxKept = 2048;
    private static readonly TokenRequestContext scope = new(["https://storage.azure.com/.default"]);
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public string Put(string text)
    {
        string id = TextId.Of(text);
        if (Kept(id) is null)
        {
            Write(id, text);
            Keep(id, text);
        }

        return id;
    }

    /// <inheritdoc/>
    public string Get(string id)
    {
        if (Kept(TextId.Checked(id)) is { } known)
            return known;
        using HttpRequestMessage request = Request(HttpMethod.Get, id);
        using HttpResponseMessage response = http.Send(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new RunTextMissingException(id);
        Check(response, id);
        using var reader = new StreamReader(response.Content.ReadAsStream(), Encoding.UTF8);
        string text = reader.ReadToEnd();
        Keep(id, text);
        return text;
    }

    /// <inheritdoc/>
    public void Mark(string name) => Write(TextId.Checked(name) + ".mark", "");

    /// <inheritdoc/>
    public bool IsMarked(string name)
    {
        using HttpRequestMessage request = Request(HttpMethod.Head, TextId.Checked(name) + ".mark");
        using HttpResponseMessage response = http.Send(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        Check(response, name);
        return true;
    }

    private void Write(string blob, string text)
    {
        using HttpRequestMessage request = Request(HttpMethod.Put, blob);
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        // Content decides the name: what is there is what would be written.
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        using HttpResponseMessage response = http.Send(request);
        if (response.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed))
            Check(response, blob);
    }

    private HttpRequestMessage Request(HttpMethod method, string blob)
    {
        var request = new HttpRequestMessage(method, new Uri($"{container.AbsoluteUri.TrimEnd('/')}/{blob}"));
        request.Headers.Add("x-ms-version", Version);
        if (credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential.GetToken(scope, CancellationToken.None).Token);
        return request;
    }

    private void Check(HttpResponseMessage response, string blob)
    {
        if (!response.IsSuccessStatusCode)
            throw new IOException($"{container}: the store answered {(int)response.StatusCode} for {blob}. Does the app's identity have the role Storage Blob Data Contributor?");
    }

    private string? Kept(string id)
    {
        lock (gate)
            return kept.GetValueOrDefault(id);
    }

    private void Keep(string id, string text)
    {
        lock (gate)
        {
            if (!kept.TryAdd(id, text))
                return;
            order.Enqueue(id);
            if (order.Count > MaxKept)
                kept.Remove(order.Dequeue());
        }
    }
}
