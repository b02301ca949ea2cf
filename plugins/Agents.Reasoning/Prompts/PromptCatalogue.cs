using System.Collections.Concurrent;
using System.Reflection;

namespace Agents.Reasoning;

/// <summary>
/// The prompts by name. The shipped ones are inside the assembly; a folder of the same layout may replace any of them.
/// Thread-safe.
/// </summary>
public sealed class PromptCatalogue
{
    private const string Root = "prompts/";
    private static readonly Assembly assembly = typeof(PromptCatalogue).Assembly;
    private static readonly Dictionary<string, string> resources = assembly.GetManifestResourceNames()
        .Where(n => n.Replace('\\', '/').StartsWith(Root, StringComparison.Ordinal))
        .ToDictionary(n => n.Replace('\\', '/')[Root.Length..], StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, PromptTemplate> templates = new(StringComparer.Ordinal);
    private readonly string? folder;

    private PromptCatalogue(string? folder) => this.folder = folder;

    /// <summary>The shipped prompts.</summary>
    public static PromptCatalogue Shipped { get; } = new(null);

    /// <summary>The names of the shipped prompts, <c>Plugin/Function</c>, ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. resources.Keys
        .Where(k => k.EndsWith("/skprompt.txt", StringComparison.Ordinal))
        .Select(k => k[..^"/skprompt.txt".Length])
        .Order(StringComparer.Ordinal)];

    /// <summary>The shipped prompts with those in <paramref name="folder"/> in their place.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static PromptCatalogue FromFolder(string folder) =>
        Directory.Exists(folder) ? new(folder) : throw new DirectoryNotFoundException($"There is no prompt folder '{folder}'.");

    /// <summary>The prompt of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such prompt.</exception>
    /// <exception cref="FormatException">It is malformed.</exception>
    public PromptTemplate this[string name] => templates.GetOrAdd(name, Load);

    /// <summary>A file beside a prompt, such as an exemplar set.</summary>
    /// <param name="path">Its path below the prompt root, such as <c>Reasoning/FewShotCot/exemplars/date.jsonl</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string ReadFile(string path) =>
        TryRead(path) ?? throw new KeyNotFoundException($"There is no prompt file '{path}'. There are: {string.Join(", ", resources.Keys.Where(k => Path.GetExtension(k) == Path.GetExtension(path)).Order(StringComparer.Ordinal))}.");

    private PromptTemplate Load(string name) => PromptTemplate.Parse(
        name,
        TryRead(name + "/skprompt.txt") ?? throw new KeyNotFoundException($"There is no prompt '{name}'. There are: {string.Join(", ", Names)}."),
        TryRead(name + "/config.json"));

    private string? TryRead(string path)
    {
        if (folder is not null && File.Exists(Path.Combine(folder, path)))
            return File.ReadAllText(Path.Combine(folder, path));
        if (!resources.TryGetValue(path, out string? resource))
            return null;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
