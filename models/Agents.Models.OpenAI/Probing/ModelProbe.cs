using System.Globalization;
using System.Text.Json;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.OpenAI;

/// <summary>
/// Finds out by real calls what a model does. Nine short requests, made once per model and upstream of a factory; the
/// sampler's capabilities follow what was found. Thread-safe.
/// </summary>
public sealed class ModelProbe
{
    // Room for a model that thinks before it answers.
    private const int MaxTokens = 512;

    private readonly OpenAISampler sampler;

    private ModelProbe(OpenAISampler sampler) => this.sampler = sampler;

    /// <summary>Tries the model, or returns what an earlier try found. A model that cannot be reached is tried again the next time.</summary>
    /// <param name="sampler">The model.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public static async Task<ProbeReport> RunAsync(OpenAISampler sampler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        if (sampler.Traits.Report is { } known)
            return known;
        ProbeReport report = await new ModelProbe(sampler).TryAllAsync(cancellationToken).ConfigureAwait(false);
        if (report.Failure is null)
            sampler.Traits.Probed(report);
        return report;
    }

    private async Task<ProbeReport> TryAllAsync(CancellationToken cancellationToken)
    {
        Attempt first = await AskAsync("usage", "Reply with the word ready.", cancellationToken: cancellationToken).ConfigureAwait(false);
        if (first.Reply is not { } reply)
            return new ProbeReport(sampler.ModelId, SamplerCapabilities.None, [], first.Failure);

        Task<ProbeFinding>[] tries =
        [
            Task.FromResult(new ProbeFinding("usage", reply.Usage is not null, reply.Usage is null ? "no usage in the reply" : "tokens are reported")),
            TryChoicesAsync(cancellationToken),
            TryLogProbabilitiesAsync(cancellationToken),
            TrySeedAsync(cancellationToken),
            TryStopAsync(cancellationToken),
            TrySchemaAsync(cancellationToken),
            TryPrefillAsync(cancellationToken),
        ];
        ProbeFinding[] findings = await Task.WhenAll(tries).ConfigureAwait(false);
        bool Works(string capability) => findings.Single(f => f.Capability == capability).Works == true;
        var can = new SamplerCapabilities
        {
            MaxSamplesPerRequest = Works("n") ? sampler.Options.MaxChoicesPerRequest : 1,
            Usage = Works("usage"),
            LogProbabilities = Works("logprobs"),
            Seed = Works("seed"),
            StopSequences = Works("stop"),
            ResponseSchema = Works("schema"),
            ContinueAssistant = Works("prefill"),
        };
        return new ProbeReport(sampler.ModelId, can, findings);
    }

    private async Task<ProbeFinding> TryChoicesAsync(CancellationToken cancellationToken)
    {
        Attempt attempt = await AskAsync("n", "Name a colour.", choices: 3, cancellationToken: cancellationToken).ConfigureAwait(false);
        int received = attempt.Reply?.Choices?.Count ?? 0;
        if (attempt.Reply is not null)
            sampler.Traits.SawChoices(3, received);
        return Finding("n", attempt, received >= 3, string.Create(CultureInfo.InvariantCulture, $"{received} of 3 choices"));
    }

    private async Task<ProbeFinding> TryLogProbabilitiesAsync(CancellationToken cancellationToken)
    {
        Attempt attempt = await AskAsync("logprobs", "Reply with the word ready.", new SampleOptions { LogProbabilities = true, TopLogProbabilities = 2 }, cancellationToken: cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TokenLogProbability> tokens = Outcome(attempt)?.LogProbabilities ?? [];
        return Finding("logprobs", attempt, tokens.Count > 0, string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} tokens, {(tokens.Count == 0 ? 0 : tokens[0].Alternatives.Count)} alternatives each"));
    }

    private async Task<ProbeFinding> TrySeedAsync(CancellationToken cancellationToken)
    {
        const string Prompt = "Write a random number of twelve digits. Reply with the number only.";
        var hot = new SampleOptions { Temperature = 1 };
        Attempt[] attempts = await Task.WhenAll(
            AskAsync("seed/1", Prompt, hot, seed: 11, cancellationToken: cancellationToken),
            AskAsync("seed/2", Prompt, hot, seed: 11, cancellationToken: cancellationToken),
            AskAsync("seed/3", Prompt, hot, seed: 12, cancellationToken: cancellationToken)).ConfigureAwait(false);
        string?[] texts = [.. attempts.Select(a => Outcome(a)?.Text)];
        if (texts.Any(string.IsNullOrEmpty))
            return new ProbeFinding("seed", attempts.Any(a => a.Failure?.Kind == CallFailureKind.InvalidRequest) ? false : null, attempts.Select(a => a.Failure?.Message).FirstOrDefault(m => m is not null) ?? "no text");
        return (texts[0] == texts[1], texts[1] == texts[2]) switch
        {
            (true, false) => new ProbeFinding("seed", !IsRefused("seed"), "equal seeds gave equal texts, another seed another"),
            (true, true) => new ProbeFinding("seed", null, "every text was the same, whatever the seed"),
            _ => new ProbeFinding("seed", false, "equal seeds gave different texts"),
        };
    }

    private async Task<ProbeFinding> TryStopAsync(CancellationToken cancellationToken)
    {
        Attempt attempt = await AskAsync("stop", "Count from 1 to 9 in digits, separated by spaces. Reply with the digits only.", new SampleOptions { StopSequences = ["5"] }, cancellationToken: cancellationToken).ConfigureAwait(false);
        string text = RawText(attempt) ?? "";
        bool? works = text.Contains('5', StringComparison.Ordinal) ? false : text.Contains('4', StringComparison.Ordinal) ? true : null;
        return works is null && attempt.Failure is null
            ? new ProbeFinding("stop", null, "the model did not count as asked")
            : Finding("stop", attempt, works == true, works == true ? "generation stopped" : "the stop string is in the text; it is cut here");
    }

    private async Task<ProbeFinding> TrySchemaAsync(CancellationToken cancellationToken)
    {
        using JsonDocument schema = JsonDocument.Parse("""{"type":"object","properties":{"zebra":{"type":"integer"}},"required":["zebra"],"additionalProperties":false}""");
        Attempt attempt = await AskAsync("schema", "Say something about the sea.", new SampleOptions { ResponseSchema = schema.RootElement.Clone() }, cancellationToken: cancellationToken).ConfigureAwait(false);
        return Finding("schema", attempt, IsZebra(RawText(attempt)), "a prompt for prose, a schema for JSON");
    }

    private async Task<ProbeFinding> TryPrefillAsync(CancellationToken cancellationToken)
    {
        ChatMessage[] turns =
        [
            new(ChatRole.User, "Write the English alphabet in capital letters, separated by spaces. Reply with the letters only."),
            new(ChatRole.Assistant, "A B C D E F G H"),
        ];
        Attempt attempt = await AskAsync("prefill", turns, new SampleOptions { ContinueAssistant = true }, null, 1, cancellationToken).ConfigureAwait(false);
        string text = RawText(attempt)?.TrimStart() ?? "";
        return Finding("prefill", attempt, text.StartsWith('I'), text.Length == 0 ? "no text" : $"after \"… G H\" came \"{(text.Length > 12 ? text[..12] : text)}\"");
    }

    private Task<Attempt> AskAsync(string name, string prompt, SampleOptions? options = null, long? seed = null, int choices = 1, CancellationToken cancellationToken = default) =>
        AskAsync(name, [new ChatMessage(ChatRole.User, prompt)], options ?? SampleOptions.Default, seed, choices, cancellationToken);

    private Task<Attempt> AskAsync(string name, IReadOnlyList<ChatMessage> messages, SampleOptions options, long? seed, int choices, CancellationToken cancellationToken) =>
        sampler.Calls.SendAsync(new CompletionCall($"probe/{name}/{Guid.NewGuid():N}", messages, options with { MaxOutputTokens = MaxTokens }, seed, choices), cancellationToken);

    private ProbeFinding Finding(string capability, Attempt attempt, bool works, string detail) =>
        attempt.Failure is { } failure ? new ProbeFinding(capability, failure.Kind is CallFailureKind.InvalidRequest or CallFailureKind.Unsupported ? false : null, failure.Message)
        : IsRefused(capability) ? new ProbeFinding(capability, false, "the parameter is refused")
        : new ProbeFinding(capability, works, detail);

    private bool IsRefused(string capability) => sampler.Traits.Refused.Contains(capability == "schema" ? "response_format" : capability);

    private static CallOutcome? Outcome(Attempt attempt) => attempt.Reply is { } reply ? ReplyReader.Outcomes(reply, 1, SampleOptions.Default)[0] : null;

    // As sent, before stop strings are cut here.
    private static string? RawText(Attempt attempt) => Outcome(attempt)?.Text;

    private static bool IsZebra(string? text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("zebra", out JsonElement zebra) && zebra.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
