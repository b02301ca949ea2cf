namespace Agents.Architecture.Tests.Edges;

/// <summary>
/// The direction of the solution, row by row. .NET itself is open to all, except where a row says never. A project that does
/// not exist yet is not checked; one that exists and is not here fails.
/// </summary>
internal static class EdgeRules
{
    private const string ChatAbstractions = "Microsoft.Extensions.AI.Abstractions";

    /// <summary>The core, and the chat types that its public members show.</summary>
    private static readonly string[] Core = ["Agents.Answers", "Agents.Search", "Agents.Reasoning", ChatAbstractions];

    private static readonly string[] NoNetwork = ["System.Net.*", "System.Private.Uri"];

    public static IReadOnlyList<EdgeRule> All { get; } =
    [
        new("Agents.Answers") { Never = NoNetwork },
        new("Agents.Search") { Never = NoNetwork },
        new("Agents.Reasoning", ChatAbstractions, "Agents.Answers", "Agents.Search") { Never = ["System.Net.Http*", "System.Net.Sockets", "System.Net.Requests"] },
        new("Agents.Reasoning.Sqlite", [.. Core, "Microsoft.Data.Sqlite", "SQLitePCLRaw.*"]),
        new("Agents.Evaluation", Core),
        new("Agents.Distillation", [.. Core, "Agents.Rewards"]),
        new("Agents.Rewards", Core),
        new("Agents.Reasoning.SemanticKernel", [.. Core, "Microsoft.SemanticKernel.*", "Microsoft.Extensions.AI", "Microsoft.Extensions.VectorData.Abstractions", "System.Numerics.Tensors", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"]),
        new("Agents.Models.OpenAI", [.. Core, "OpenAI", "Azure.*", "System.ClientModel", "System.Memory.Data", "Polly*"]),
        new("Agents.Models.Command", Core),
        new("Agents.Models.Decoding", Core) { Never = NoNetwork },
        new("Agents.Models.Embedded", [.. Core, "Agents.Models.Decoding", "Google.Protobuf"]) { Never = NoNetwork },
        new("Agents.Models.Onnx", [.. Core, "Agents.Models.Decoding", "Microsoft.ML.*"]),
        new("Agents.Hosting", "Agents.*", "Microsoft.*", "OpenAI", "Azure.*", "System.ClientModel", "Polly*", "OpenTelemetry*", "YamlDotNet"),
        new("Agents.Cli", "Agents.*", "Microsoft.Extensions.*", "Microsoft.AspNetCore*", "System.CommandLine", "Spectre.Console*"),
        new("Agents.Server", "Agents.*", "Microsoft.Extensions.*", "Microsoft.AspNetCore*", "Microsoft.Net.Http.Headers", "Microsoft.IdentityModel.*", "ModelContextProtocol*", "OpenTelemetry*", "Microsoft.OpenApi"),
        new("SemanticKernel.Console", "Agents.*", "Microsoft.SemanticKernel.*", "Microsoft.Extensions.*"),
        new("SemanticKernel.Agent", "Agents.*", "Microsoft.SemanticKernel.*", "Microsoft.Extensions.*"),
        new("Agents.Functions", "Agents.*", "Microsoft.*", "DurableTask*"),
    ];
}
