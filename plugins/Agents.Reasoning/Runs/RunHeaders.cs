using System.Globalization;
using System.Text;

namespace Agents.Reasoning;

/// <summary>Builds the header by which a journal knows its run.</summary>
public static class RunHeaders
{
    /// <summary>The header of a run of <paramref name="strategy"/> on <paramref name="request"/>.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="models">The models, whose identities belong to the options; null where the client brings its own.</param>
    public static RunHeader Of(IReasoningStrategy strategy, ReasoningRequest request, RunOptions options, ReasoningModels? models)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed={options.Seed};calls={options.Limits.Calls};tokens={options.Limits.Tokens};cost={options.Limits.Cost};time={options.Limits.Time?.Ticks}");
        foreach ((string role, ModelPrice price) in options.Prices.OrderBy(p => p.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $";price.{role}={price}");
        if (models is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $";model={models.Default.ModelId}");
            foreach ((string role, ISampler sampler) in models.Roles.OrderBy(r => r.Key, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $";model.{role}={sampler.ModelId}");
        }

        string input = $"{request.ExpectedAnswer}|{PromptHash.Of("input", request.Messages, request.Options)}";
        // Both decide which verdicts are asked for. Named only where they are set, so that journals without them stay valid.
        if (request.Reference is { } reference)
            input += "|reference=" + PromptHash.Of(reference);
        if (request.Checker is { } checker)
            input += "|checker=" + checker.GetType().FullName;
        return new RunHeader(options.RunId, strategy.Description.Name, PromptHash.Of(strategy.Fingerprint), PromptHash.Of(input), PromptHash.Of(text.ToString()));
    }
}
