using Agents.Models.OpenAI;
using Agents.Reasoning;

namespace Agents.Hosting.Runs;

/// <summary>A model as it is served.</summary>
/// <param name="Name">The name by which requests ask for it.</param>
/// <param name="Models">It, and those that play other roles for it.</param>
/// <param name="Prices">Prices by role; empty where none is configured.</param>
/// <param name="Client">It as a chat client where it is an endpoint of the OpenAI API; else null.</param>
public sealed record ServedModel(string Name, ReasoningModels Models, IReadOnlyDictionary<string, ModelPrice> Prices, OpenAIReasoningClient? Client)
{
    /// <summary>Whether it is an endpoint of the OpenAI API, which takes tools, images and further parameters.</summary>
    public bool IsRemote => Client is not null;
}
