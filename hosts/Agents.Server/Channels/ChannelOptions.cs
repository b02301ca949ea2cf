using Agents.Reasoning;

namespace Agents.Server;

/// <summary>
/// The channel of Teams and Microsoft 365 Copilot: <c>POST /api/messages</c> by the Activity protocol. The agent's secret is in no
/// option: it is read from <see cref="SecretVariable"/>.
/// </summary>
public sealed record ChannelOptions
{
    /// <summary>The environment variable with the client secret of <see cref="AppId"/>.</summary>
    public const string SecretVariable = "AGENTS_CHANNEL_SECRET";

    /// <summary>The address under which Teams takes replies. It is always allowed.</summary>
    public const string TeamsServiceUrl = "https://smba.trafficmanager.net/";

    /// <summary>The agent's application id, a GUID: whom tokens must be for. Null only with <see cref="AllowAnonymous"/>.</summary>
    public string? AppId { get; init; }

    /// <summary>The directory of an agent of one tenant, a GUID; null for an agent of many. Tokens that this directory issues are taken as well.</summary>
    public string? TenantId { get; init; }

    /// <summary>Takes activities without a token, from this machine alone: for the Agents Playground and emulators. Not together with <see cref="AppId"/>.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>The model that answers, a name among the served; null for the only one.</summary>
    public string? Model { get; init; }

    /// <summary>The strategy of conversations; empty to pass the conversation to the model as it is. Default: the library's.</summary>
    public string Strategy { get; init; } = ReasoningExtensions.DefaultStrategy;

    /// <summary>Samples of a question, for strategies that take a number; null for the strategy's own.</summary>
    public int? Samples { get; init; }

    /// <summary>What answers a question whose answer was rejected; null to offer the next answer by votes, or to ask anew where there is none.</summary>
    public SecondAttemptOptions? OnReject { get; init; }

    /// <summary>The strategies that a conversation may choose by <c>/strategy NAME</c> or by a card. Default none.</summary>
    public IReadOnlyList<string> SelectableStrategies { get; init; } = [];

    /// <summary>The limits of one conversation. By default as of a key, and one question at a time.</summary>
    public CallerLimits Limits { get; init; } = new() { MaxConcurrency = 1 };

    /// <summary>Conversations that are remembered; the one longest unused is forgotten first. Default 1000.</summary>
    public int MaxConversations { get; init; } = 1000;

    /// <summary>Questions with their answers that a conversation remembers. Default 8; 0 for none.</summary>
    public int MaxTurns { get; init; } = 8;

    /// <summary>Characters of a remembered question or answer; the rest is cut. Default 4000.</summary>
    public int MaxTurnCharacters { get; init; } = 4000;

    /// <summary>Seconds between two updates of a streamed reply. Default 1, which is what Teams takes.</summary>
    public double PaceSeconds { get; init; } = 1;

    /// <summary>Seconds of silence after which a streamed reply is updated all the same. Default 40: Copilot gives up at 45.</summary>
    public double UpdateSeconds { get; init; } = 40;

    /// <summary>Seconds after which a reply says that the answer will come later, and sends it when it is there. Default 90: channels give up at 105 to 120.</summary>
    public double StreamSeconds { get; init; } = 90;

    /// <summary>Further addresses to which replies may be sent, beside that of Teams; an address allows all that is under it.</summary>
    public IReadOnlyList<string> ServiceUrls { get; init; } = [];

    /// <summary>The issuer of the channel's tokens.</summary>
    public string Issuer { get; init; } = "https://api.botframework.com";

    /// <summary>Where the issuer's keys are found.</summary>
    public string MetadataAddress { get; init; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Where the agent gets its own token; null for the public cloud's, of <see cref="TenantId"/> or of the Bot Framework.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>What the agent's own token is for.</summary>
    public string Scope { get; init; } = "https://api.botframework.com/.default";
}

/// <summary>What answers a question whose first answer was rejected.</summary>
public sealed record SecondAttemptOptions
{
    /// <summary>The model, a name among the served; null for the channel's.</summary>
    public string? Model { get; init; }

    /// <summary>The strategy; null for the conversation's.</summary>
    public string? Strategy { get; init; }

    /// <summary>Samples, for strategies that take a number; null for the strategy's own.</summary>
    public int? Samples { get; init; }
}
