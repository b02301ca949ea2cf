using System.Text.Json;
using Agents.Distillation;
using Agents.Evaluation;
using Agents.Hosting.Workflows;
using Agents.Reasoning;
using Agents.Rewards;

namespace Agents.Cli.Distilling;

/// <summary>Reads a recipe from its file.</summary>
internal static class RecipeFile
{
    /// <exception cref="FormatException">The recipe is wrong; the message says where.</exception>
    public static DistillationRecipe Read(string file, Func<string, IReward> verifier, TeacherModel? teacher)
    {
        string text = File.ReadAllText(file);
        if (!Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase))
            text = YamlJson.Of(text);
        try
        {
            return RecipeDocument.Parse(text, verifier, name => Texts(Path.Combine(FolderOf(file), name)), teacher);
        }
        catch (DocumentException e)
        {
            throw new FormatException($"{file} {e.Message}", e);
        }
    }

    /// <summary>The folder to which what a recipe names is relative.</summary>
    public static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;

    /// <summary>The questions of an evaluation set, and what solutions it has.</summary>
    private static IEnumerable<string> Texts(string path)
    {
        if (!File.Exists(path))
            throw new ArgumentException($"there is no file '{path}'");
        return EvaluationData.LoadAsync(path).GetAwaiter().GetResult().Items.SelectMany(i => i.Other.TryGetValue("solution", out JsonElement solution) ? new[] { i.Question, solution.ToString() } : [i.Question]);
    }
}
