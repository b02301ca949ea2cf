namespace Agents.Distillation;

/// <summary>Brings the traces that a recipe asks for.</summary>
public interface ITraceSource
{
    /// <summary>The questions of a source with their traces; ids are unique. The same source gives the same questions in the same order.</summary>
    /// <exception cref="ArgumentException">The source cannot be read, or needs what was not given; the message says what.</exception>
    Task<IReadOnlyList<TrainingQuestion>> ReadAsync(RecipeSource source, CancellationToken cancellationToken = default);
}

/// <summary>The same questions for every part of a recipe.</summary>
/// <param name="questions">The questions.</param>
public sealed class GivenTraces(IReadOnlyList<TrainingQuestion> questions) : ITraceSource
{
    private readonly IReadOnlyList<TrainingQuestion> questions = questions ?? throw new ArgumentNullException(nameof(questions));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The recipe names another source.</exception>
    public Task<IReadOnlyList<TrainingQuestion>> ReadAsync(RecipeSource source, CancellationToken cancellationToken = default) => source is SamplesSource { Samples: null }
        ? Task.FromResult(questions)
        : throw new ArgumentException($"The recipe asks for {source?.Description}; here are only given traces.", nameof(source));
}
