using System.CommandLine;
using System.Globalization;
using Agents.Hosting;
using Agents.Reasoning;
using Agents.Reasoning.Strategies;

namespace Agents.Cli;

/// <summary>The models and prices that the command line gives to roles.</summary>
internal sealed class RoleModels
{
    private readonly SortedDictionary<string, ISampler> models = new(StringComparer.Ordinal);

    /// <summary>Reads <c>--judge-model</c> and <c>--model-for</c>; the second is the more exact and wins.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">Its options.</param>
    /// <param name="provider">Turns specs into models.</param>
    /// <param name="named">Roles that workflows name, besides those of the shipped strategies.</param>
    /// <exception cref="ArgumentException">A value is malformed, or names no role.</exception>
    public static RoleModels Read(ParseResult parsed, SharedOptions options, ModelProvider provider, IEnumerable<string> named)
    {
        var read = new RoleModels();
        string[] known = [.. Roles.All.Concat(named).Distinct(StringComparer.Ordinal)];
        if (parsed.GetValue(options.JudgeModel) is { } judge)
            read.models[Roles.Judge] = read.models[Roles.Selector] = provider.Create(judge);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(options.ModelFor)!)
        {
            (string role, string spec) = Split(text, "--model-for", "ROLE=M") ?? throw new ArgumentException($"--model-for '{Shown(text)}' must be ROLE=M, such as expert=openai:MODEL.");
            CheckRole("--model-for", role, known);
            if (!given.Add(role))
                throw new ArgumentException($"--model-for gives the role '{role}' two models.");
            read.models[role] = provider.Create(spec);
        }

        return read;
    }

    /// <summary>Reads <c>--price</c>.</summary>
    /// <exception cref="ArgumentException">A value is malformed, or names no role.</exception>
    public static IReadOnlyDictionary<string, ModelPrice> Prices(ParseResult parsed, SharedOptions options, IEnumerable<string> named)
    {
        string[] known = [.. Roles.All.Concat(named).Distinct(StringComparer.Ordinal)];
        var prices = new SortedDictionary<string, ModelPrice>(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(options.Price)!)
        {
            (string role, string price) = Split(text, "--price", "ROLE=IN/OUT") ?? ("*", text);
            if (role != "*")
                CheckRole("--price", role, known);
            string[] parts = price.Split('/');
            if (parts.Length != 2 || !Amount(parts[0], out decimal input) || !Amount(parts[1], out decimal output))
                throw new ArgumentException($"--price '{Shown(text)}' must be [ROLE=]IN/OUT in money per million tokens, such as expert=2.5/10.");
            if (!prices.TryAdd(role, new ModelPrice(input, output)))
                throw new ArgumentException($"--price gives the role '{role}' two prices.");
        }

        return prices;

        static bool Amount(string text, out decimal amount) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    /// <summary>True when no role has a model of its own.</summary>
    public bool IsEmpty => models.Count == 0;

    /// <summary>The roles with their models, for people; a selector that is the judge is not told apart.</summary>
    public string Description => string.Join(", ", models
        .Where(m => m.Key != Roles.Selector || !models.TryGetValue(Roles.Judge, out ISampler? judge) || judge != m.Value)
        .Select(m => $"{m.Key} {m.Value.ModelId}"));

    /// <summary>The same models, with these in their roles.</summary>
    public ReasoningModels Over(ReasoningModels standard) => models.Aggregate(standard, (all, m) => all.With(m.Key, m.Value));

    private static (string Role, string Value)? Split(string text, string option, string form)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        // A model spec may hold equal signs of its own, after a colon.
        if (equals < 0 || text.AsSpan(0, equals).ContainsAny(":/@?"))
            return null;
        return equals > 0 && equals < text.Length - 1 ? (text[..equals], text[(equals + 1)..]) : throw new ArgumentException($"{option} '{Shown(text)}' must be {form}.");
    }

    private static void CheckRole(string option, string role, string[] known)
    {
        if (known.Contains(role, StringComparer.Ordinal))
            return;
        string[] near = NearMatches.Of(role, known);
        throw new ArgumentException($"{option}: nothing here asks for the role '{Shown(role)}'. {(near.Length > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"Roles: {string.Join(", ", known)}.")}");
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
