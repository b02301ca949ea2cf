using Agents.Models.Command;
using Agents.Models.Embedded;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Hosting;

/// <summary>
/// Turns verifier specs into verifiers, and owns the command that runs unit tests. That command comes from a file which the
/// operator names in the environment, never from a spec: whoever may choose a verifier may not choose a program. Thread-safe.
/// </summary>
public sealed class VerifierProvider : IDisposable
{
    /// <summary>The environment variable that names the file with the command, see <see cref="CommandOptions"/>.</summary>
    public const string UnitTestsVariable = "AGENTS_UNIT_TESTS";

    private const string SchemaPrefix = "schema:";
    private const string UnitTests = "unit-tests";
    private static readonly Lazy<EmbeddedModel> shipped = new(() => EmbeddedModel.LoadShippedVerifier());

    private readonly Func<string, string?> environment;
    private CommandSampler? command;
    private bool asksProcess;

    /// <summary>Creates a provider.</summary>
    /// <param name="environment">Reads an environment variable; null for the process's own.</param>
    public VerifierProvider(Func<string, string?>? environment = null) => this.environment = environment ?? Environment.GetEnvironmentVariable;

    /// <summary>Every form of spec, for help texts.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. VerifierCatalogue.Descriptions.Select(d => d.Name), SchemaPrefix + "FILE", UnitTests];

    /// <summary>The verifier that a spec names.</summary>
    /// <exception cref="ArgumentException">The spec names none, or unit tests without a configured command.</exception>
    /// <exception cref="FormatException">The schema or the command's configuration cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IVerifier Create(string spec, PromptCatalogue? prompts = null)
    {
        if (spec.StartsWith(SchemaPrefix, StringComparison.OrdinalIgnoreCase))
        {
            string file = spec[SchemaPrefix.Length..];
            return new SchemaVerifier(JsonSchema.Parse(File.ReadAllText(file), file));
        }

        if (string.Equals(spec, UnitTests, StringComparison.OrdinalIgnoreCase))
        {
            command ??= ReadCommand();
            return new UnitTestVerifier();
        }

        try
        {
            IVerifier verifier = VerifierCatalogue.Create(spec, prompts);
            asksProcess |= verifier is ProcessVerifier;
            return verifier;
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"There is no verifier '{spec}'. There are: {string.Join(", ", Forms)}.");
        }
    }

    /// <summary>
    /// The same models, with what the created verifiers need: the command in its role, and in the role of the process model,
    /// where it has none of its own, the verifier that ships inside.
    /// </summary>
    /// <param name="models">The models as they were named.</param>
    /// <param name="named">Roles that workflows name.</param>
    /// <exception cref="ArgumentException">A process model is needed and there is none.</exception>
    public ReasoningModels AddTo(ReasoningModels models, IReadOnlyList<string>? named = null)
    {
        if (command is not null)
            models = models.With(UnitTestVerifier.Role, command);
        bool needsProcess = asksProcess || (named?.Contains(ProcessVerifier.DefaultRole) ?? false);
        if (!needsProcess || models.Roles.ContainsKey(ProcessVerifier.DefaultRole))
            return models;
        return EmbeddedModel.IsVerifierShipped ? models.With(ProcessVerifier.DefaultRole, shipped.Value.CreateSampler())
            : throw new ArgumentException($"The verifier 'process' needs a model for its role, and this build carries none: name one with --model-for {ProcessVerifier.DefaultRole}=M.");
    }

    /// <inheritdoc/>
    public void Dispose() => command?.Dispose();

    private CommandSampler ReadCommand()
    {
        string file = environment(UnitTestsVariable) is { Length: > 0 } named
            ? named
            : throw new ArgumentException($"No command for unit tests is configured: set {UnitTestsVariable} to a JSON file such as {{\"command\":[\"python3\",\"-I\",\"run_tests.py\",\"{CommandOptions.FilePlace}\"]}}.");
        return new CommandSampler(CommandOptions.Parse(File.ReadAllText(file), file));
    }
}
