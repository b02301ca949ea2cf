namespace Agents.Reasoning.Verifiers;

/// <summary>The shipped verifiers that need nothing but a name. Thread-safe.</summary>
public static class VerifierCatalogue
{
    private static readonly (string Name, string Idea, Func<PromptCatalogue?, IVerifier> Create)[] entries =
    [
        ("arithmetic", "Checks every written calculation exactly; abstains where there is none. No model calls.", _ => new ArithmeticVerifier()),
        ("game24", "The exact check of the Game of 24: each number once, and the value is 24. No model calls.", _ => new CheckerVerifier(new Game24Checker())),
        ("log-probability", "How probable the solution was to the model that wrote it, by the token. No model calls; needs a model that gives log-probabilities.", _ => new LogProbabilityVerifier()),
        ("self-certainty", "How far from uniform the model's distributions were while it wrote, over its 20 likeliest tokens. No model calls; needs log-probabilities.", _ => new SelfCertaintyVerifier()),
        ("answer-margin", "How far the model preferred the tokens of its answer to the next likely ones. No model calls; needs log-probabilities.", _ => new AnswerMarginVerifier()),
        ("process", "A process model says after every step whether the solution is right so far: P(yes), from log-probabilities.", _ => new ProcessVerifier()),
        ("llm-judge", "A model judges the solution; what cannot be read abstains.", prompts => new LlmJudgeVerifier(null, prompts)),
        ("llm-step-judge", "A model judges every step, given those before it; the least score counts.", prompts => new LlmStepJudgeVerifier(null, prompts)),
        ("verbalised-confidence", "The model that solved says in percent how sure it is of its solution.", prompts => new VerbalisedConfidenceVerifier(prompts)),
        ("mutual-consistency", "Another model completes the solution from its first steps: the share that arrives at the same answer.", prompts => new MutualConsistencyVerifier(prompts: prompts)),
    ];

    /// <summary>Names and ideas of the verifiers.</summary>
    public static IReadOnlyList<(string Name, string Idea)> Descriptions { get; } = [.. entries.Select(e => (e.Name, e.Idea))];

    /// <summary>The verifier of this name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="prompts">The prompts; null for the shipped ones.</param>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public static IVerifier Create(string name, PromptCatalogue? prompts = null)
    {
        foreach ((string known, _, Func<PromptCatalogue?, IVerifier> create) in entries)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                return create(prompts);
        }

        throw new ArgumentException($"There is no verifier '{name}'. There are: {string.Join(", ", entries.Select(e => e.Name))}.", nameof(name));
    }
}
