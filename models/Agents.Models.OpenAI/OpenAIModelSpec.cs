using System.Globalization;
using Agents.Reasoning;

namespace Agents.Models.OpenAI;

/// <summary>
/// Reads model specs: <c>openai:MODEL[@URL]</c>, <c>azure:DEPLOYMENT@URL</c>, <c>ollama:MODEL[@URL]</c>, each with options
/// as <c>?n=auto&amp;concurrency=8</c>. Keys come from the environment, never from a spec.
/// </summary>
public static class OpenAIModelSpec
{
    private const string OllamaEndpoint = "http://localhost:11434/v1";

    /// <summary>The prefixes that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["openai", "azure", "ollama"];

    /// <summary>Whether a spec begins with one of <see cref="Schemes"/>.</summary>
    public static bool IsKnown(string spec) => Schemes.Any(s => spec.StartsWith(s + ":", StringComparison.Ordinal));

    /// <summary>The options that a spec states. Options: <c>n</c>, <c>logprobs</c>, <c>seed</c>, <c>stop</c>, <c>schema</c>,
    /// <c>prefill</c>, <c>continue_flags</c> (on or off; <c>n</c> also auto), <c>token_limit</c> (a parameter name),
    /// <c>concurrency</c>, <c>rpm</c>, <c>tpm</c>, <c>timeout</c> (seconds), <c>retries</c>.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    /// <exception cref="FormatException">The spec is not one; the message says why and never repeats what may be a secret.</exception>
    public static OpenAIModelOptions Parse(string spec, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Func<string, string?> variable = environment ?? Environment.GetEnvironmentVariable;
        if (SecretRedactor.IsSuspicious(spec))
            throw new FormatException("A model spec must not contain a key: set OPENAI_API_KEY or AZURE_OPENAI_API_KEY in the environment.");

        int colon = spec.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? spec : spec[..colon];
        if (colon < 0 || !Schemes.Contains(scheme))
            throw new FormatException($"'{Shown(scheme)}' is not a model spec: expected openai:MODEL[@URL], azure:DEPLOYMENT@URL or ollama:MODEL[@URL].");

        (string rest, string query) = Cut(spec[(colon + 1)..], '?');
        // Before anything else is found wanting: a key on a command line is the worst that can be in a spec.
        if (query.Split('&').Any(pair => IsSecretName(Cut(pair, '=').Before)))
            throw new FormatException("A model spec must not contain a key: set OPENAI_API_KEY or AZURE_OPENAI_API_KEY in the environment.");
        (string model, Uri? endpoint) = ReadPlace(rest);
        if (model.Length == 0)
            throw new FormatException($"The spec names no model: expected {scheme}:{(scheme == "azure" ? "DEPLOYMENT@URL" : "MODEL[@URL]")}.");

        OpenAIModelOptions options = scheme switch
        {
            "azure" => new OpenAIModelOptions(model)
            {
                Endpoint = AzureEndpoint(endpoint ?? throw new FormatException("azure: needs the resource's address: azure:DEPLOYMENT@https://RESOURCE.openai.azure.com")),
                Credential = Key(variable, "AZURE_OPENAI_API_KEY") ?? OpenAICredential.FromAzureIdentity(),
                Choices = ChoicesMode.On,
                TokenLimitParameter = "max_completion_tokens",
            },
            "ollama" => new OpenAIModelOptions(model) { Endpoint = endpoint ?? new Uri(OllamaEndpoint) },
            _ => new OpenAIModelOptions(model)
            {
                Endpoint = endpoint ?? OpenAIModelOptions.DefaultEndpoint,
                Credential = OpenAIKey(variable, endpoint),
            },
        };
        try
        {
            return ReadOptions(options, query).Validate();
        }
        catch (ArgumentException e)
        {
            throw new FormatException("The model spec is out of range: " + e.Message, e);
        }
    }

    private static OpenAICredential OpenAIKey(Func<string, string?> variable, Uri? endpoint) =>
        Key(variable, "OPENAI_API_KEY") ?? (endpoint is { IsLoopback: true }
            ? OpenAICredential.None
            : throw new FormatException("No key: set OPENAI_API_KEY in the environment. (None is needed for an address on this machine.)"));

    private static OpenAICredential? Key(Func<string, string?> variable, string name)
    {
        if (variable(name)?.Trim() is not { Length: > 0 } key)
            return null;
        try
        {
            return OpenAICredential.FromKey(key);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"The value of {name} is not a key: it has characters that no HTTP header can carry.");
        }
    }

    // The '@' that belongs to the address is the one before its scheme; model names may have others.
    private static (string Model, Uri? Endpoint) ReadPlace(string text)
    {
        int at = Math.Max(text.LastIndexOf("@http://", StringComparison.OrdinalIgnoreCase), text.LastIndexOf("@https://", StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return !text.Contains('@', StringComparison.Ordinal) ? (text.Trim(), null)
                : throw new FormatException("What follows '@' in a model spec must be an http:// or https:// address.");
        }

        if (!Uri.TryCreate(text[(at + 1)..].TrimEnd('/'), UriKind.Absolute, out Uri? endpoint) || endpoint.Host.Length == 0)
            throw new FormatException("What follows '@' in the model spec is not a valid address.");
        if (endpoint.UserInfo.Length > 0)
            throw new FormatException("The address in a model spec must not carry a user or password: set the key in the environment.");
        return (text[..at].Trim(), endpoint);
    }

    // A bare resource address stands for its v1 API.
    private static Uri AzureEndpoint(Uri resource) => resource.AbsolutePath is "/" ? new Uri(resource, "/openai/v1") : resource;

    private static OpenAIModelOptions ReadOptions(OpenAIModelOptions options, string query)
    {
        SamplerCapabilities can = options.EffectiveCapabilities;
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string value) = Cut(pair, '=');
            (options, can) = name switch
            {
                "n" => (options with { Choices = Choices(value) }, can),
                "logprobs" => (options, can with { LogProbabilities = IsOn(name, value) }),
                "seed" => (options, can with { Seed = IsOn(name, value) }),
                "stop" => (options, can with { StopSequences = IsOn(name, value) }),
                "schema" => (options, can with { ResponseSchema = IsOn(name, value) }),
                "prefill" => (options, can with { ContinueAssistant = IsOn(name, value) }),
                "continue_flags" => (options with { SendContinueFlags = IsOn(name, value) }, can with { ContinueAssistant = IsOn(name, value) }),
                "token_limit" => (options with { TokenLimitParameter = value }, can),
                "concurrency" => (options with { MaxConcurrency = Whole(name, value) }, can),
                "rpm" => (options with { RequestsPerMinute = Whole(name, value) }, can),
                "tpm" => (options with { TokensPerMinute = Whole(name, value) }, can),
                "timeout" => (options with { Timeout = TimeSpan.FromSeconds(Whole(name, value)) }, can),
                "retries" => (options with { MaxRetries = Whole(name, value) }, can),
                _ => throw new FormatException($"'{Shown(name)}' is not an option of a model spec. Known: n, logprobs, seed, stop, schema, prefill, continue_flags, token_limit, concurrency, rpm, tpm, timeout, retries."),
            };
        }

        return options with { Capabilities = can };
    }

    private static ChoicesMode Choices(string value) => value switch
    {
        "on" => ChoicesMode.On,
        "off" => ChoicesMode.Off,
        "auto" => ChoicesMode.Auto,
        _ => throw new FormatException("Option n of a model spec is on, off or auto."),
    };

    private static bool IsOn(string name, string value) => value switch
    {
        "on" => true,
        "off" => false,
        _ => throw new FormatException($"Option {name} of a model spec is on or off."),
    };

    private static int Whole(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"Option {name} of a model spec is a whole number.");

    private static bool IsSecretName(string name) =>
        name.Contains("key", StringComparison.OrdinalIgnoreCase)
        || name.Contains("secret", StringComparison.OrdinalIgnoreCase)
        || name.Contains("password", StringComparison.OrdinalIgnoreCase)
        || name is "token" or "access_token" or "sig";

    private static (string Before, string After) Cut(string text, char separator)
    {
        int at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static string Shown(string text) => text.Length <= 24 ? text : text[..24] + "…";
}
