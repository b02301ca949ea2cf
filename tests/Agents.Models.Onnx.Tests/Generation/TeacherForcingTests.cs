using Agents.Reasoning;
using Microsoft.ML.OnnxRuntimeGenAI;

namespace Agents.Models.Onnx.Tests.Generation;

public sealed class TeacherForcingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void LogProbabilities_OfGeneratedTokens_AreThoseOfOnePassOverTheWholeText(int rows)
    {
        OnnxModel loaded = TestFolders.Model;
        int[] prompt = loaded.Encode(SamplerRuns.HeldOut[11], continues: false);
        using var config = new Config(TestFolders.Embedded);
        using var model = new Model(config);
        CallOutcome?[] outcomes = new CallOutcome?[4];
        var rules = new SamplingRules { Temperature = 1, MaxTokens = 80, WantsLogProbabilities = true };
        GeneratedSample[] samples = [.. Enumerable.Range(0, 4).Select(i => new GeneratedSample(prompt, rules, new SampleRandom(77, i), outcome => outcomes[i] = outcome))];
        new DecodingRun(model, loaded.Folder, prompt, samples, loaded.Folder.Generation.EndTokens, CancellationToken.None).Execute(new DecodingPlan(rows));

        foreach ((GeneratedSample sample, CallOutcome? outcome) in samples.Zip(outcomes))
        {
            double[] forced = Forced(model, sample.Tokens, prompt.Length, loaded.Folder.Shape.Vocabulary);
            Assert.True(outcome!.LogProbabilities.Count > 10);
            for (int i = 0; i < outcome.LogProbabilities.Count; i++)
                Assert.Equal(forced[i], outcome.LogProbabilities[i].LogProbability, 1e-3);
        }
    }

    /// <summary>ln P of every token after the first <paramref name="from"/>, from one run over all of them.</summary>
    private static double[] Forced(Model model, int[] tokens, int from, int vocabulary)
    {
        using var settings = new GeneratorParams(model);
        settings.SetSearchOption("max_length", tokens.Length);
        using var generator = new Generator(model, settings);
        generator.AppendTokens(tokens);
        using Tensor output = generator.GetOutput("logits");
        ReadOnlySpan<float> all = output.GetData<float>();
        double[] probabilities = new double[tokens.Length - from];
        for (int i = 0; i < probabilities.Length; i++)
        {
            ReadOnlySpan<float> logits = all.Slice((from + i - 1) * vocabulary, vocabulary);
            double sum = 0;
            foreach (float logit in logits)
                sum += Math.Exp(logit);
            probabilities[i] = logits[tokens[from + i]] - Math.Log(sum);
        }

        return probabilities;
    }
}
