using System.Reflection;

namespace Agents.Models.Embedded;

/// <summary>The files of a model, by name: a folder, or what an assembly carries.</summary>
internal abstract class ModelFiles(string source)
{
    /// <summary>Where the files are, for messages.</summary>
    public string Source { get; } = source;

    public static ModelFiles OfFolder(string folder) => new FolderFiles(folder);

    public static ModelFiles OfAssembly(Assembly assembly, string prefix) => new AssemblyFiles(assembly, prefix);

    /// <summary>The whole file.</summary>
    /// <exception cref="EmbeddedModelException">There is no such file, or it cannot be read.</exception>
    public abstract byte[] Read(string name);

    public abstract bool Has(string name);

    /// <summary>An error about one of the files.</summary>
    public EmbeddedModelException Fault(string name, string what, Exception? inner = null) => new($"{Path.Combine(Source, name)}: {what}", inner);

    private sealed class FolderFiles(string folder) : ModelFiles(folder)
    {
        public override bool Has(string name) => File.Exists(Path.Combine(Source, name));

        public override byte[] Read(string name)
        {
            if (!Directory.Exists(Source))
                throw new EmbeddedModelException($"{Source}: there is no such folder.");
            try
            {
                return File.ReadAllBytes(Path.Combine(Source, name));
            }
            catch (FileNotFoundException e)
            {
                throw Fault(name, "the file is missing; a model folder holds model.onnx, tokenizer.json and genai_config.json.", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Fault(name, e.Message, e);
            }
        }
    }

    private sealed class AssemblyFiles(Assembly assembly, string prefix) : ModelFiles(prefix)
    {
        public override bool Has(string name) => assembly.GetManifestResourceInfo($"{Source}/{name}") is not null;

        public override byte[] Read(string name)
        {
            using Stream stream = assembly.GetManifestResourceStream($"{Source}/{name}") ?? throw Fault(name, "it is not in this build.");
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
    }
}
