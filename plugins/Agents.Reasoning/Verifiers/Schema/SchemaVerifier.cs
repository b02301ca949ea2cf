using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Reasoning.Strategies;

namespace Agents.Reasoning.Verifiers;

/// <summary>
/// Whether a candidate's JSON satisfies a schema: 1 when it does, 0 with the first problem and its place when not. Calls: 0.
/// The JSON is the text outside the thinking as a whole, else its last fenced block, else the stated answer; a candidate without
/// any scores 0. It checks the form; whether the content is true is another verifier's question.
/// </summary>
public sealed class SchemaVerifier : IVerifier
{
    private const string Fence = "```";
    private readonly JsonSchema schema;

    /// <summary>Checks with a schema.</summary>
    public SchemaVerifier(JsonSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        this.schema = schema;
        Fingerprint = "schema/1|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema.Text)).AsSpan(0, 8));
    }

    /// <inheritdoc/>
    public string Name => "schema";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public Task<Verdict> VerifyAsync(ReasoningContext context, ReasoningRequest request, Candidate candidate) =>
        Task.FromResult(candidate.Sample.IsOk ? Check(candidate) : Verdict.Abstain(Name, "The sample failed; there is nothing to check."));

    private Verdict Check(Candidate candidate)
    {
        string text = ThinkingText.SetAside(candidate.Sample.Text);
        foreach (string? place in new[] { text, LastFenced(text), candidate.Answer?.Text })
        {
            if (place is not null && Read(place) is { } value)
                return ProblemOf(value) is { } problem ? new Verdict(Name, 0) { Rationale = problem } : new Verdict(Name, 1) { Rationale = "The schema is satisfied." };
        }

        return new Verdict(Name, 0) { Rationale = "The candidate states no JSON." };
    }

    private string? ProblemOf(JsonElement value)
    {
        try
        {
            return schema.ProblemOf(value);
        }
        catch (InvalidOperationException)
        {
            // The one way a string of valid JSON cannot be read.
            return "a string holds half a surrogate pair";
        }
    }

    private static string? LastFenced(string text)
    {
        int end = text.LastIndexOf(Fence, StringComparison.Ordinal);
        int start = end <= 0 ? -1 : text.LastIndexOf(Fence, end - 1, StringComparison.Ordinal);
        int line = start < 0 ? -1 : text.IndexOf('\n', start);
        return line >= 0 && line < end ? text[line..end] : null;
    }

    private static JsonElement? Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Not JSON: another place may be.
            return null;
        }
    }
}
