using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Server.Mcp;

/// <summary>
/// Makes a run's state a text that a client can carry and not change: compressed, with the time until which it holds and what it
/// belongs to, signed with HMAC-SHA256. It is not encrypted: what is in it is what the client said itself. Thread-safe.
/// </summary>
internal sealed class StateSeal(ServerOptions options, TimeProvider time)
{
    private const int MaxOpened = 1 << 26;
    private readonly McpOptions options = options.Mcp;
    private readonly byte[] key = options.Mcp.SigningKey is { } secret ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>What a state belongs to: the tool, the caller, and by the header the strategy with its version, the question, its options and limits.</summary>
    public static string BindingOf(string tool, string caller, RunHeader header) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', tool, caller, header.RunId, header.Strategy, header.Fingerprint, header.InputHash, header.OptionsHash))));

    /// <summary>Seals a state.</summary>
    /// <exception cref="ApiException">It is too large to travel.</exception>
    public string Close(ClientRunState state, string binding)
    {
        byte[] content = Compress(Json.Utf8(json =>
        {
            json.WriteStartObject();
            json.WriteString("binding", binding);
            json.WriteNumber("expires", (time.GetUtcNow() + TimeSpan.FromSeconds(options.StateSeconds)).ToUnixTimeMilliseconds());
            json.WritePropertyName("state");
            state.Write(json);
            json.WriteEndObject();
        }));
        string text = Base64Url.EncodeToString([.. HMACSHA256.HashData(key, content), .. content]);
        return text.Length <= options.MaxStateBytes ? text
            : throw ApiException.Invalid("requestState", $"The state of this run has become {text.Length} characters; {options.MaxStateBytes} may travel through a client. Ask for fewer samples or shorter replies ('samples', 'max_tokens'), or let the server's model answer with 'solve'.", "state_too_large");
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="ApiException">It was not sealed here, was changed, or has expired.</exception>
    public (ClientRunState State, string Binding) Open(string text)
    {
        if (text.Length > options.MaxStateBytes || !Base64Url.IsValid(text))
            throw Foreign();
        byte[] bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= SHA256.HashSizeInBytes)
            throw Foreign();
        ReadOnlySpan<byte> content = bytes.AsSpan(SHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, content), bytes.AsSpan(0, SHA256.HashSizeInBytes)))
            throw Foreign();
        JsonElement json = JsonElement.Parse(Decompress(content.ToArray()));
        TimeSpan late = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("expires").GetInt64());
        if (late > TimeSpan.Zero)
            throw ApiException.Invalid("requestState", FormattableString.Invariant($"The requestState expired {late.TotalSeconds:0} seconds ago: a round must be answered within {options.StateSeconds} seconds. Call the tool anew."), "state_expired");
        return (ClientRunState.Read(json.GetProperty("state")), json.GetProperty("binding").GetString()!);
    }

    /// <summary>A state that is whole, but of another call.</summary>
    public static ApiException Mismatch() => ApiException.Invalid("requestState", "The requestState belongs to another call: another tool, other arguments, another caller, or another version of this server. Call the tool anew, and repeat its arguments unchanged in every round.", "state_mismatch");

    private static ApiException Foreign() => ApiException.Invalid("requestState", "The requestState is not one that this server gave, or was changed on the way. Call the tool anew.", "state_invalid");

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
            brotli.Write(content);
        return packed.ToArray();
    }

    // Only what was signed comes here; the bound keeps a mistake of ours from becoming a flood.
    private static byte[] Decompress(byte[] content)
    {
        using var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        using var opened = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = brotli.Read(buffer)) > 0;)
        {
            opened.Write(buffer, 0, read);
            if (opened.Length > MaxOpened)
                throw Foreign();
        }

        return opened.ToArray();
    }
}
