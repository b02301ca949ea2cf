using System.Globalization;
using Agents.Testing;

namespace Agents.StubServer;

/// <summary>What the command line states.</summary>
internal sealed record StubServerArguments
{
    public const string Usage = "usage: Agents.StubServer [--port P] [--delay-ms D] [--ignore-n] [--fail-every K] [--fail-status S] [--retry-after R] "
        + "[--refuse PARAMETER]… [--text T] [--thinking T] [--no-usage] [--no-logprobs] [--hang] [--log FILE]";

    public int Port { get; private init; }

    public string? LogFile { get; private init; }

    public StubBehavior Behavior { get; private init; } = StubBehavior.Default;

    private int FailEvery { get; init; }

    private int FailStatus { get; init; } = 500;

    private string? RetryAfter { get; init; }

    public static StubServerArguments Parse(string[] args)
    {
        var parsed = new StubServerArguments();
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            StubBehavior behavior = parsed.Behavior;
            parsed = name switch
            {
                "--port" => parsed with { Port = Number() },
                "--log" => parsed with { LogFile = Value() },
                "--fail-every" => parsed with { FailEvery = Number() },
                "--fail-status" => parsed with { FailStatus = Number() },
                "--retry-after" => parsed with { RetryAfter = Value() },
                "--delay-ms" => parsed with { Behavior = behavior with { Delay = TimeSpan.FromMilliseconds(Number()) } },
                "--ignore-n" => parsed with { Behavior = behavior with { IgnoreN = true } },
                "--refuse" => parsed with { Behavior = behavior with { Refuse = [.. behavior.Refuse, Value()] } },
                "--text" => parsed with { Behavior = behavior with { Text = Constant(Value()) } },
                "--thinking" => parsed with { Behavior = behavior with { Thinking = Value() } },
                "--no-usage" => parsed with { Behavior = behavior with { Usage = false } },
                "--no-logprobs" => parsed with { Behavior = behavior with { LogProbabilities = false } },
                "--hang" => parsed with { Behavior = behavior with { Hang = true } },
                _ => throw new FormatException($"'{name}' is not an option."),
            };

            string Value() => ++i < args.Length ? args[i] : throw new FormatException($"{name} needs a value.");
            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"{name} needs a whole number.");
        }

        return parsed;
    }

    /// <summary>Every K-th request fails; the rest take the usual behaviour.</summary>
    public StubBehavior? Script(StubRequest request) =>
        FailEvery > 0 && request.Number % FailEvery == 0 ? StubBehavior.Fail(FailStatus, RetryAfter) : null;

    private static Func<StubRequest, int, string> Constant(string text) => (_, _) => text;
}
