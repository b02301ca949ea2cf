using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Agents.Server.Bench;

/// <summary>Sends requests, so many at a time, and waits for whole answers.</summary>
internal sealed class Load : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = TimeSpan.FromMinutes(5) };

    public async Task<LoadResult> RunAsync(Uri address, string model, int count, int atOnce, string more = "")
    {
        var times = new double[count];
        int next = -1, lost = 0;
        long startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                long sentAt = Stopwatch.GetTimestamp();
                if (!await AskAsync(address, model, i, more))
                    Interlocked.Increment(ref lost);
                times[i] = Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds;
            }
        }));
        return new LoadResult(times, lost, Stopwatch.GetElapsedTime(startedAt));
    }

    /// <summary>Opens all streams at once and reads each to its end.</summary>
    public Task<LoadResult> StreamAsync(Uri address, string model, int count) => RunAsync(address, model, count, count, ",\"stream\":true");

    public void Dispose() => client.Dispose();

    private async Task<bool> AskAsync(Uri address, string model, int number, string more)
    {
        string body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"What is {{number}} times 7?"}]{{more}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        // A streamed reply comes token by token: its end says that it is whole.
        bool isWhole = more.Contains("stream", StringComparison.Ordinal)
            ? text.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal) && text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal)
            : text.Contains("answer is", StringComparison.Ordinal);
        return response.IsSuccessStatusCode && isWhole;
    }
}
