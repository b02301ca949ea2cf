namespace Agents.Testing;

/// <summary>How the stub model server treats a request. Change it with <c>with</c>; the default is a well-behaved server.</summary>
public sealed record StubBehavior
{
    /// <summary>A server that answers at once and honours everything.</summary>
    public static StubBehavior Default { get; } = new();

    /// <summary>Time before the reply.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A signal to wait for before the reply, after <see cref="Delay"/>.</summary>
    public Task? Until { get; init; }

    /// <summary>Never reply; the request stays open until the client gives up.</summary>
    public bool Hang { get; init; }

    /// <summary>Return one choice whatever <c>n</c> says.</summary>
    public bool IgnoreN { get; init; }

    /// <summary>At most so many choices a reply.</summary>
    public int MaxChoices { get; init; } = int.MaxValue;

    /// <summary>Refuse with this status, or null to answer.</summary>
    public int? Status { get; init; }

    /// <summary>The <c>Retry-After</c> header of a refusal.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Further headers of the reply.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body in place of the usual one, sent as JSON, whatever it is.</summary>
    public string? Body { get; init; }

    /// <summary>Close the connection before any header is sent.</summary>
    public bool Disconnect { get; init; }

    /// <summary>Close the connection in the middle of the body or of the stream.</summary>
    public bool Cut { get; init; }

    /// <summary>End the stream in the middle, cleanly: without a finish reason and without <c>[DONE]</c>.</summary>
    public bool EndStreamEarly { get; init; }

    /// <summary>The names of body parameters that are refused with a 400.</summary>
    public IReadOnlyList<string> Refuse { get; init; } = [];

    /// <summary>The text of choice <c>i</c>; null for <see cref="StubReply.TextFor"/>.</summary>
    public Func<StubRequest, int, string>? Text { get; init; }

    /// <summary>The thinking of every choice, or null for none.</summary>
    public string? Thinking { get; init; }

    /// <summary>The field that carries <see cref="Thinking"/>.</summary>
    public string ThinkingField { get; init; } = "reasoning_content";

    /// <summary>The finish reason; null leaves the field out.</summary>
    public string? FinishReason { get; init; } = "stop";

    /// <summary>Content as an array of parts in place of a string.</summary>
    public bool ContentAsParts { get; init; }

    /// <summary>Report token usage.</summary>
    public bool Usage { get; init; } = true;

    /// <summary>Cached prompt tokens to report.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Reasoning tokens to report for each choice.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Return log-probabilities when asked.</summary>
    public bool LogProbabilities { get; init; } = true;

    /// <summary>Let the seed decide the text; else every request differs.</summary>
    public bool HonourSeed { get; init; } = true;

    /// <summary>Stop before a stop string.</summary>
    public bool HonourStop { get; init; } = true;

    /// <summary>A refusal.</summary>
    public static StubBehavior Fail(int status, string? retryAfter = null, string? body = null) => new() { Status = status, RetryAfter = retryAfter, Body = body };

    /// <summary>A 200 whose body is cut-off JSON.</summary>
    public static StubBehavior Malformed { get; } = new() { Body = """{"id":"x","choices":[{"index":0,"mess""" };

    /// <summary>A 200 without a body.</summary>
    public static StubBehavior Empty { get; } = new() { Body = "" };

    /// <summary>A 200 without choices.</summary>
    public static StubBehavior NoChoices { get; } = new() { Body = """{"id":"x","object":"chat.completion","choices":[]}""" };

    /// <summary>A 200 that carries an error.</summary>
    public static StubBehavior ErrorInside { get; } = new() { Body = """{"error":{"message":"upstream model crashed","code":502}}""" };
}
