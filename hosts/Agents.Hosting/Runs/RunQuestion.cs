using System.Text.Json;
using Agents.Answers;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Hosting.Runs;

/// <summary>What a request asks, whichever endpoint read it.</summary>
public sealed record RunQuestion
{
    /// <summary>The model: a served name, or <c>STRATEGY/NAME</c>. Null for the only one there is.</summary>
    public string? Model { get; init; }

    /// <summary>The conversation.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>How to sample.</summary>
    public SampleOptions Options { get; init; } = SampleOptions.Default;

    /// <summary>The field <c>reasoning</c>: a strategy with its settings, or a workflow, and a budget. Null for none.</summary>
    public JsonElement? Reasoning { get; init; }

    /// <summary>The strategy where neither the model nor <see cref="Reasoning"/> names one; null to pass the conversation through.</summary>
    public string? DefaultStrategy { get; init; }

    /// <summary>How much to think, in OpenAI's words.</summary>
    public string? Effort { get; init; }

    /// <summary>Answers wanted.</summary>
    public int Answers { get; init; } = 1;

    /// <summary>The seed, or null for one drawn from the run's id.</summary>
    public long? Seed { get; init; }

    /// <summary>The kind of answer expected.</summary>
    public AnswerKind Expected { get; init; } = AnswerKind.Any;

    /// <summary>How answers are read, where the form of the reply decides it; else null.</summary>
    public IAnswerExtractor? Extractor { get; init; }

    /// <summary>Whether the reply is a call of the caller's tools, perhaps.</summary>
    public bool HasTools { get; init; }

    /// <summary>A parameter that only endpoints of the OpenAI API take, or null.</summary>
    public string? RemoteParameter { get; init; }
}
