using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx;

/// <summary>
/// One generator of the runtime as a machine that turns tokens into logits. Tokens are chosen outside: the runtime's own sampling
/// has one random stream for all rows, so that a text would depend on its neighbours. Only <see cref="Terminate"/> may be called
/// from another thread.
/// </summary>
internal sealed class DecodingSession : IDisposable
{
    private readonly Generator generator;
    private readonly float[] logits;
    private readonly float[] forced;
    private readonly int vocabulary;
    private readonly int rows;

    /// <param name="model">The model.</param>
    /// <param name="rows">Rows, 1–32.</param>
    /// <param name="maxLength">Tokens of a row, prompt included: sizes the cache.</param>
    /// <param name="vocabulary">The width of the logits.</param>
    public DecodingSession(Model model, int rows, int maxLength, int vocabulary)
    {
        (this.rows, this.vocabulary) = (rows, vocabulary);
        using var settings = new GeneratorParams(model);
        settings.SetSearchOption("batch_size", rows);
        settings.SetSearchOption("max_length", maxLength);
        // Nothing may change the logits between the model and the choice.
        settings.SetSearchOption("min_length", 0);
        settings.SetSearchOption("num_beams", 1);
        settings.SetSearchOption("repetition_penalty", 1);
        settings.SetSearchOption("no_repeat_ngram_size", 0);
        settings.SetSearchOption("do_sample", false);
        generator = new Generator(model, settings);
        logits = new float[rows * vocabulary];
        forced = rows > 1 ? new float[rows * vocabulary] : [];
    }

    /// <summary>Logits after the last token of a row.</summary>
    public ReadOnlySpan<float> LogitsOf(int row) => logits.AsSpan(row * vocabulary, vocabulary);

    /// <summary>Runs tokens of every row.</summary>
    /// <param name="tokens">rows × n; with several rows only once.</param>
    public void Append(ReadOnlySpan<int> tokens)
    {
        generator.AppendTokens(tokens);
        NativeLogits.Read(generator, logits);
    }

    /// <summary>Runs one chosen token of every row of a batch.</summary>
    /// <param name="tokens">One token a row; a row stays ended after a token that ends a turn.</param>
    public void Step(ReadOnlySpan<int> tokens)
    {
        // The most likely token of logits that are zero elsewhere is the one chosen here.
        for (int row = 0; row < rows; row++)
            forced[row * vocabulary + tokens[row]] = 1;
        NativeLogits.Write(generator, forced, rows);
        for (int row = 0; row < rows; row++)
            forced[row * vocabulary + tokens[row]] = 0;
        generator.GenerateNextToken();
        NativeLogits.Read(generator, logits);
    }

    /// <summary>Forgets the tokens after the first <paramref name="length"/>; one row only.</summary>
    public void RewindTo(int length) => generator.RewindTo((ulong)length);

    /// <summary>Makes the step that is running, and every later one, throw.</summary>
    public void Terminate() => generator.SetRuntimeOption("terminate_session", "1");

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();
}
