namespace Agents.Search.Tests;

/// <summary>Finds the data that may lie beside the repository; tests that use it pass with a message when it is absent.</summary>
internal static class SharedData
{
    public static string? Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
