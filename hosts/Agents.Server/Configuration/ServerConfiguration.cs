using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Agents.Models.Embedded;
using Microsoft.Extensions.Configuration;

namespace Agents.Server;

/// <summary>Reads the server's options from a file and the environment, the environment last.</summary>
public static class ServerConfiguration
{
    /// <summary>The environment variable with a key in clear, for servers with one caller. It is hashed at once.</summary>
    public const string KeyVariable = "AGENTS_SERVER_KEY";

    /// <summary>
    /// The environment variable in which a Functions host says where its custom handler must listen. It takes the place of the
    /// configured addresses: the host would find the handler nowhere else.
    /// </summary>
    public const string CustomHandlerPortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>The address where nothing else is said.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Reads the options.</summary>
    /// <param name="file">A JSON file with a section <c>Agents</c>; null for none.</param>
    /// <param name="urls">Addresses that take the place of the configured ones; empty for those.</param>
    /// <param name="models">Further models by name, each a spec.</param>
    /// <param name="environment">Reads an environment variable; null for the process's own, with every <c>Agents__…</c> setting.</param>
    /// <exception cref="ServerOptionsException">Something in it cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ServerOptions Read(string? file, IReadOnlyList<string> urls, IReadOnlyDictionary<string, string> models, Func<string, string?>? environment = null)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            if (!File.Exists(file))
                throw new FileNotFoundException($"There is no configuration file '{file}'.");
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        if (environment is null)
            builder.AddEnvironmentVariables();
        ServerOptions read;
        try
        {
            read = builder.Build().GetSection("Agents").Get<ServerOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ServerOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new ServerOptionsException($"The section Agents cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
        catch (InvalidDataException e)
        {
            throw new ServerOptionsException($"{file}: {e.InnerException?.Message ?? e.Message}");
        }

        environment ??= Environment.GetEnvironmentVariable;
        return With(read, urls.Count > 0 ? urls : CustomHandlerUrls(environment(CustomHandlerPortVariable)), models, environment(KeyVariable));
    }

    /// <summary>The hash of a key, as <see cref="ApiKeyOptions.Sha256"/> takes it.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static string[] CustomHandlerUrls(string? port) =>
        string.IsNullOrEmpty(port) ? []
        : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= ushort.MaxValue ? [$"http://127.0.0.1:{number}"]
        : throw new ServerOptionsException($"{CustomHandlerPortVariable} is '{port}', which is no port.");

    private static ServerOptions With(ServerOptions read, IReadOnlyList<string> urls, IReadOnlyDictionary<string, string> models, string? key)
    {
        Dictionary<string, ServedModelOptions> served = new(read.Models, StringComparer.Ordinal);
        foreach ((string name, string spec) in models)
            served[name] = new ServedModelOptions { Spec = spec };
        if (served.Count == 0 && EmbeddedModel.IsShipped)
            served["embedded"] = new ServedModelOptions { Spec = "embedded" };
        if (key is { Length: > 0 and < 16 })
            throw new ServerOptionsException($"{KeyVariable} is shorter than 16 characters: take a random one, such as from `openssl rand -hex 32`.");
        return read with
        {
            Urls = urls.Count > 0 ? urls : read.Urls.Count > 0 ? read.Urls : [DefaultUrl],
            Models = served,
            Keys = string.IsNullOrEmpty(key) ? read.Keys : [.. read.Keys, new ApiKeyOptions { Name = "environment", Sha256 = HashOf(key) }],
        };
    }
}
