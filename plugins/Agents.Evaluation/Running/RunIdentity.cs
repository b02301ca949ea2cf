using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agents.Reasoning;

namespace Agents.Evaluation;

/// <summary>
/// The identity of one strategy's run on one question: a hash of everything that can change its result, so that the same
/// command finds its journals again and a changed one never takes another's. The gold answer is not part of it.
/// </summary>
internal static class RunIdentity
{
    public static string Of(EvaluationPlan plan, EvaluatedStrategy strategy, EvaluationItem item, ReasoningModels models)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add("evaluation/1");
        Add(strategy.Strategy.Description.Name);
        Add(strategy.Strategy.Fingerprint);
        Add(plan.Data.Name);
        Add(item.Id);
        Add(item.Question);
        Add(models.Default.ModelId);
        foreach ((string role, ISampler sampler) in models.Roles.OrderBy(r => r.Key, StringComparer.Ordinal))
            Add($"{role}={sampler.ModelId}");
        Add(plan.Seed.ToString(CultureInfo.InvariantCulture));
        Add(plan.AnswersInForce.ToString());
        Add(plan.ExpectedAnswer.ToString());
        Add(JsonSerializer.Serialize(plan.Sampling, ReasoningJson.Readable.SampleOptions));
        Add(plan.Equivalence.Options.ToString());
        Add(string.Create(CultureInfo.InvariantCulture, $"{plan.Limits.Calls}/{plan.Limits.Tokens}/{plan.Limits.Cost}/{plan.Limits.Time}"));
        foreach ((string role, ModelPrice price) in plan.Prices.OrderBy(p => p.Key, StringComparer.Ordinal))
            Add(string.Create(CultureInfo.InvariantCulture, $"{role}={price.InputPerMillion}/{price.OutputPerMillion}/{price.CachedInputPerMillion}"));
        return "eval-" + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

        // The length first: no two lists of parts run together into one.
        void Add(string part) => hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n")));
    }
}
