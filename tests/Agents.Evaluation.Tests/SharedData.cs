namespace Agents.Evaluation.Tests;

/// <summary>The recorded data that may lie in <c>shared/data</c> beside the checkout or above it.</summary>
internal static class SharedData
{
    public static string? Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
                return path;
        }

        Console.WriteLine($"shared/data/{file} is not here: nothing was checked.");
        return null;
    }
}
