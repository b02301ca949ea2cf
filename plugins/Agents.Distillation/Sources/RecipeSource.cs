namespace Agents.Distillation;

/// <summary>Where the traces of a part of a recipe come from. A closed family.</summary>
public abstract record RecipeSource
{
    private protected RecipeSource()
    {
    }

    /// <summary>What it is, as it stands in reports.</summary>
    public abstract string Description { get; }
}

/// <summary>Samples of the questions given: of the model where one is named, else those recorded in the data, or its written solutions.</summary>
/// <param name="Samples">Samples a question; null for the default of the host.</param>
public sealed record SamplesSource(int? Samples = null) : RecipeSource
{
    /// <inheritdoc/>
    public override string Description => Samples is { } count ? FormattableString.Invariant($"samples, {count} a question") : "samples";
}

/// <summary>The candidates of a strategy that is run on the questions given.</summary>
/// <param name="Strategy">Its name.</param>
public sealed record StrategySource(string Strategy) : RecipeSource
{
    /// <summary>Samples, where the strategy takes a number.</summary>
    public int? Samples { get; init; }

    /// <summary>The verifier, for strategies that use one.</summary>
    public string? Verifier { get; init; }

    /// <summary>Further settings by name, as text.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string Description => $"candidates of {Strategy}";
}

/// <summary>The candidates of runs that are journaled already. Nothing is asked.</summary>
/// <param name="Path">A journal, or a folder that holds one, relative to the recipe.</param>
public sealed record RunsSource(string Path) : RecipeSource
{
    /// <inheritdoc/>
    public override string Description => "journaled runs";
}

/// <summary>Another file of questions with recorded samples or written solutions.</summary>
/// <param name="Path">The file, relative to the recipe.</param>
public sealed record DataSource(string Path) : RecipeSource
{
    /// <summary>Who wrote the solutions, where the file does not say.</summary>
    public string? Teacher { get; init; }

    /// <summary>Their licence.</summary>
    public string? Licence { get; init; }

    /// <inheritdoc/>
    public override string Description => $"data {System.IO.Path.GetFileName(Path)}";
}

/// <summary>Conversations as they are: rows of <c>{"messages":[user, assistant]}</c>, without a known answer. For general data beside reasoning.</summary>
/// <param name="Path">The file, relative to the recipe.</param>
public sealed record MessagesSource(string Path) : RecipeSource
{
    /// <summary>Who wrote the replies.</summary>
    public string? Teacher { get; init; }

    /// <summary>Their licence.</summary>
    public string? Licence { get; init; }

    /// <inheritdoc/>
    public override string Description => $"conversations {System.IO.Path.GetFileName(Path)}";
}

/// <summary>Rationales for the questions that the samples failed, written by the model with the right answer shown (STaR, arXiv:2203.14465).</summary>
/// <param name="Hinted">Hinted samples a failed question, at least 1.</param>
/// <param name="Samples">Samples without a hint by which a question counts as failed; null for the default of the host.</param>
public sealed record HintedSource(int Hinted, int? Samples = null) : RecipeSource
{
    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"hinted rationales, {Hinted} a failed question");
}
