namespace Agents.Reasoning.Sqlite;

/// <summary>
/// Proof that a store is alive: a file beside the database that it holds open with an exclusive lock of the operating system
/// (<c>flock</c> on Unix, a share mode on Windows). The lock ends with the process, whichever way that ends. Names are random and
/// never used twice, so a file can be deleted without a race. Only used inside a write transaction of the database, which makes
/// all that happens to these files happen one after the other.
/// </summary>
internal sealed class LeaseFile : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="IOException">The file cannot be made, or the file system does not lock.</exception>
    public LeaseFile(string database)
    {
        Name = Guid.NewGuid().ToString("N");
        string path = PathOf(database, Name);
        held = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        if (IsHeld(database, Name))
            return;
        held.Dispose();
        throw new IOException($"Files are not locked at {path} (an unusual file system, or DOTNET_SYSTEM_IO_DISABLEFILELOCKING is set), so nothing would keep two processes from writing one run.");
    }

    /// <summary>The name under which this store is known in the database.</summary>
    public string Name { get; }

    /// <summary>Whether the store of that name is alive.</summary>
    public static bool IsHeld(string database, string name) => !TryTake(PathOf(database, name), FileOptions.None);

    /// <summary>Deletes the files of stores that died.</summary>
    public static void DeleteStale(string database)
    {
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(database)!, Path.GetFileName(PathOf(database, "*"))))
            _ = TryTake(path, FileOptions.DeleteOnClose);
    }

    public void Dispose() => held.Dispose();

    private static string PathOf(string database, string name) => $"{database}-lease-{name}";

    private static bool TryTake(string path, FileOptions options)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, options).Dispose();
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Locked, or another user's: taken to be alive.
            return false;
        }
    }
}
