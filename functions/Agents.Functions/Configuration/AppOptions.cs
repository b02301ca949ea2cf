using Agents.Hosting.Runs;
using Agents.Models.Embedded;
using Microsoft.Extensions.Configuration;

namespace Agents.Functions.Configuration;

/// <summary>
/// How the app is set up: the section <c>Agents</c> of its settings (<c>Agents__Models__gpt-x__Spec</c>, …). Keys of upstreams come
/// from settings of their own, which may be Key Vault references, or there is none: Azure OpenAI takes the app's identity.
/// </summary>
public sealed record AppOptions
{
    /// <summary>The models by the name under which they are served; none: the model that ships inside, as <c>embedded</c>.</summary>
    public IReadOnlyDictionary<string, ServedModelOptions> Models { get; init; } = new Dictionary<string, ServedModelOptions>();

    /// <summary>What one request may use. Who may call is the host's business: function keys, or the platform's sign-in.</summary>
    public CallerLimits Limits { get; init; } = new();

    /// <summary>The folder of workflows that can be asked for by name, relative to the app. Default: those that ship with it.</summary>
    public string? WorkflowFolder { get; init; } = "workflows";

    /// <summary>
    /// Where long texts of runs are kept: <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c> (with the app's identity) or a
    /// folder that all instances mount; null for this process's memory, which is for one process on a developer's machine.
    /// </summary>
    public string? RunStore { get; init; }

    /// <summary>Seconds after which an answer is not waited for any more: the client gets a 202. Default 60; a response must come within 230.</summary>
    public double SyncSeconds { get; init; } = 60;

    /// <summary>Largest request body, bytes. Default 1 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>How deep a body's JSON may nest. Default 64.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>Most messages of a conversation. Default 1024.</summary>
    public int MaxMessages { get; init; } = 1024;

    /// <summary>Attempts at a model call that fails for a reason that may pass. Default 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Seconds before the second attempt; they double with each. Default 2.</summary>
    public double RetrySeconds { get; init; } = 2;

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidOperationException">Something in it cannot be used; the message names it.</exception>
    public static AppOptions Read(IConfiguration configuration)
    {
        AppOptions read = configuration.GetSection("Agents").Get<AppOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new AppOptions();
        if (read.Models.Count == 0)
        {
            read = EmbeddedModel.IsShipped ? read with { Models = new Dictionary<string, ServedModelOptions> { ["embedded"] = new() { Spec = "embedded" } } }
                : throw new InvalidOperationException("No model is configured: set Agents__Models__NAME__Spec, such as openai:MODEL@URL. (This build carries no model of its own.)");
        }

        foreach ((string name, ServedModelOptions model) in read.Models)
        {
            if (model.Spec.Length == 0)
                throw new InvalidOperationException($"Agents:Models:{name}:Spec is missing, such as openai:MODEL@URL.");
            if (model.Roles.FirstOrDefault(r => !read.Models.ContainsKey(r.Value)) is { Key: { } role } unknown)
                throw new InvalidOperationException($"Agents:Models:{name}:Roles:{role} is '{unknown.Value}', which is no name among Agents:Models.");
        }

        Range("SyncSeconds", read.SyncSeconds, 0, 220);
        Range("MaxBodyBytes", read.MaxBodyBytes, 1024, 100 << 20);
        Range("MaxJsonDepth", read.MaxJsonDepth, 4, 512);
        Range("MaxMessages", read.MaxMessages, 1, 1_000_000);
        Range("MaxAttempts", read.MaxAttempts, 1, 20);
        Range("RetrySeconds", read.RetrySeconds, 0, 600);
        return read;
    }

    private static void Range(string name, double value, double min, double max)
    {
        if (!(value >= min && value <= max))
            throw new InvalidOperationException(FormattableString.Invariant($"Agents:{name} is {value}; it must be {min} to {max}."));
    }
}
