namespace Agents.Hosting.Texts;

/// <summary>Texts and marks as files of one folder, such as a share that all instances of an app mount.</summary>
public sealed class FileRunStore : IRunStore
{
    private readonly string folder;

    /// <summary>Opens a store; the folder is made where it is not there.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public FileRunStore(string folder) => this.folder = Directory.CreateDirectory(folder).FullName;

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public string Put(string text)
    {
        string id = TextId.Of(text);
        string file = Path.Combine(folder, id);
        if (File.Exists(file))
            return id;
        // Written aside and moved: another process sees the whole text or none.
        string aside = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(aside, text);
        File.Move(aside, file, overwrite: true);
        return id;
    }

    /// <inheritdoc/>
    public string Get(string id)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, TextId.Checked(id)));
        }
        catch (FileNotFoundException)
        {
            throw new RunTextMissingException(id);
        }
    }

    /// <inheritdoc/>
    public void Mark(string name) => File.WriteAllText(MarkFile(name), "");

    /// <inheritdoc/>
    public bool IsMarked(string name) => File.Exists(MarkFile(name));

    private string MarkFile(string name) => Path.Combine(folder, TextId.Checked(name) + ".mark");
}
