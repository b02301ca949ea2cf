using System.Globalization;
using Agents.Reasoning;
using Microsoft.Extensions.AI;

namespace Agents.Models.Onnx;

/// <summary>Measures what a loaded folder does on its provider, by a few seconds of generating.</summary>
public static class OnnxProbe
{
    private const int NewTokens = 64;
    private const int Samples = 8;
    private const int Runs = 3;

    /// <summary>Tries the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public static async Task<OnnxProbeReport> RunAsync(OnnxModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        int[] prompt = model.Encode([new ChatMessage(ChatRole.User, "A train travels 60 miles in 45 minutes. How far does it go in two hours at the same speed? Think step by step.")], continues: false);
        int tokens = Math.Min(NewTokens, model.ContextLength - prompt.Length);
        double reading = 0, single = 0, batch = 0, turns = 0;
        // The first round warms up; of the others the best counts, because anything else on the machine only slows.
        for (int run = 0; run <= Runs; run++)
        {
            double one = await SecondsAsync(1, 1, 1).ConfigureAwait(false), text = await SecondsAsync(1, tokens, 1).ConfigureAwait(false);
            double together = await SecondsAsync(Samples, tokens, Samples).ConfigureAwait(false), inTurn = await SecondsAsync(Samples, tokens, 1).ConfigureAwait(false);
            if (run == 0)
                continue;
            reading = Math.Max(reading, prompt.Length / one);
            single = Math.Max(single, tokens / text);
            batch = Math.Max(batch, Samples * tokens / together);
            turns = Math.Max(turns, Samples * tokens / inTurn);
        }

        return new OnnxProbeReport(model, prompt.Length, tokens, Samples, reading, single, batch, turns);

        async Task<double> SecondsAsync(int samples, int newTokens, int rows) =>
            (await model.MeasureAsync(prompt, samples, newTokens, new DecodingPlan(rows), cancellationToken).ConfigureAwait(false)).TotalSeconds;
    }
}

/// <summary>What a folder and its provider can do. The rates include running the prompt.</summary>
/// <param name="Model">The model.</param>
/// <param name="PromptTokens">Tokens of the prompt that was tried.</param>
/// <param name="NewTokens">Tokens of every generated text.</param>
/// <param name="Samples">Samples of one prompt.</param>
/// <param name="PromptTokensPerSecond">Tokens of the prompt that one row reads in a second.</param>
/// <param name="TokensPerSecond">Tokens that one sample generates in a second.</param>
/// <param name="BatchTokensPerSecond">Tokens that the samples generate in a second as a batch.</param>
/// <param name="TurnsTokensPerSecond">Tokens that they generate in a second one after the other.</param>
public sealed record OnnxProbeReport(
    OnnxModel Model, int PromptTokens, int NewTokens, int Samples, double PromptTokensPerSecond, double TokensPerSecond, double BatchTokensPerSecond, double TurnsTokensPerSecond)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        DecoderShape shape = Model.Folder.Shape;
        SamplerCapabilities can = Model.CreateSampler().Capabilities;
        long position = new MemoryNeed(Model.Folder).Bytes(1, 0, 1);
        string free = (Model.Options.MemoryLimit ?? FreeMemory.For(Model.Provider)) is { } bytes ? Text($"{bytes / 1e6:N0} MB available") : "what is available is not known on this provider; set memory=MB";
        return string.Join(Environment.NewLine,
            Text($"folder        {Model.Path}"),
            Text($"model         {Model.ModelId}: {shape.Type}, {shape.Layers} layers, vocabulary {shape.Vocabulary:N0}, context {shape.Context:N0}"),
            Text($"provider      {Model.Provider}{(Model.FallbackReason is { } reason ? $", because {reason}" : "")}"),
            Text($"memory        {position:N0} bytes a token of a sample; {free}"),
            Text($"can           {can.MaxSamplesPerRequest} samples a request, log-probabilities, seeds, stop strings, continued turns, usage; no JSON schema"),
            Text($"prompt        {PromptTokensPerSecond:N0} tokens/s ({PromptTokens} tokens)"),
            Text($"1 sample      {TokensPerSecond:N0} tokens/s ({NewTokens} tokens)"),
            Text($"{Samples} samples     {BatchTokensPerSecond:N0} tokens/s as a batch, {TurnsTokensPerSecond:N0} in turn"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
