using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Agents.Testing.StrategyScan;

/// <summary>
/// Reads compiled strategies and reports what rule 3 forbids. Works on IL, because the dynamic checks of the loop cannot see
/// a construct that happens not to fire, and on signatures, because <c>Task.Delay(x, context.Time)</c> is legal.
/// </summary>
public static class StrategyScanner
{
    /// <summary>Where strategy code lives: the namespaces that begin with these words are scanned by default.</summary>
    public static IReadOnlyList<string> StrategyNamespaces { get; } =
        ["Agents.Reasoning.Strategies", "Agents.Reasoning.Verifiers", "Agents.Reasoning.Composition"];

    /// <summary>Scans for all of rule 3.</summary>
    /// <param name="assemblyPath">A compiled assembly; it is read, not loaded.</param>
    /// <param name="selects">Chooses by the full name of the outermost type; by default <see cref="StrategyNamespaces"/>.</param>
    public static IReadOnlyList<ForbiddenUse> Scan(string assemblyPath, Func<string, bool>? selects = null) =>
        Read(assemblyPath, selects ?? IsStrategyCode, (reader, type, found) =>
        {
            FindMutableStatics(reader, type, found);
            foreach ((MethodSite site, IReadOnlyList<MemberUse> uses) in type.Methods)
            {
                FindReferences(ForbiddenConstructs.ByReference, site, uses, found);
                FindBlockingReads(site, uses, found);
                FindStaticWrites(site, uses, found);
            }
        });

    /// <summary>Scans for other constructs: the same reading of IL with another table.</summary>
    public static IReadOnlyList<ForbiddenUse> Scan(string assemblyPath, IReadOnlyList<ForbiddenConstruct> constructs, Func<string, bool> selects) =>
        Read(assemblyPath, selects, (_, type, found) =>
        {
            foreach ((MethodSite site, IReadOnlyList<MemberUse> uses) in type.Methods)
            {
                FindReferences(constructs, site, uses, found);
            }
        });

    /// <summary>How many types <paramref name="selects"/> (by default strategy code) chooses: a scan of nothing proves nothing.</summary>
    public static int CountTypes(string assemblyPath, Func<string, bool>? selects = null)
    {
        int count = 0;
        Read(assemblyPath, selects ?? IsStrategyCode, (_, _, _) => count++);
        return count;
    }

    private static bool IsStrategyCode(string type) => StrategyNamespaces.Any(space => type.StartsWith(space, StringComparison.Ordinal));

    private static List<ForbiddenUse> Read(
        string assemblyPath,
        Func<string, bool> selects,
        Action<MetadataReader, ScannedType, List<ForbiddenUse>> examine)
    {
        using FileStream file = File.OpenRead(assemblyPath);
        using var image = new PEReader(file);
        MetadataReader reader = image.GetMetadataReader();
        var found = new List<ForbiddenUse>();
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            string name = TypeNames.Of(reader, handle);
            if (selects(name.Split('+')[0]))
            {
                examine(reader, ScannedType.Read(image, reader, handle, name), found);
            }
        }

        return found;
    }

    private static void FindReferences(
        IReadOnlyList<ForbiddenConstruct> constructs, MethodSite site, IReadOnlyList<MemberUse> uses, List<ForbiddenUse> found)
    {
        foreach (MemberUse use in uses)
        {
            foreach (ForbiddenConstruct construct in constructs.Where(c => c.Matches(use, site)))
            {
                found.Add(new ForbiddenUse(site.Type, site.Method, use.Offset, construct.Name, construct.Reason));
            }
        }
    }

    /// <summary>Each await reads one IsCompleted and one GetResult of its awaiter; a GetResult beyond that blocks.</summary>
    private static void FindBlockingReads(MethodSite site, IReadOnlyList<MemberUse> uses, List<ForbiddenUse> found)
    {
        foreach (IGrouping<string, MemberUse> awaiter in uses
            .Where(use => use.Parameters.Count == 0 && use.Type.Contains("Awaiter", StringComparison.Ordinal))
            .GroupBy(use => use.Type, StringComparer.Ordinal))
        {
            int awaits = site.IsAsyncBody ? awaiter.Count(use => use.Name == "get_IsCompleted") : 0;
            foreach (MemberUse read in awaiter.Where(use => use.Name == "GetResult").Skip(awaits))
            {
                found.Add(new ForbiddenUse(
                    site.Type, site.Method, read.Offset, ForbiddenConstructs.BlockingGetResult, ForbiddenConstructs.BlockingReason));
            }
        }
    }

    private static void FindStaticWrites(MethodSite site, IReadOnlyList<MemberUse> uses, List<ForbiddenUse> found)
    {
        if (site.Method == ".cctor")
        {
            return;
        }

        foreach (MemberUse write in uses.Where(use => use.WritesStatic && !IsGeneratedName(use.Type)))
        {
            found.Add(new ForbiddenUse(
                site.Type, site.Method, write.Offset, ForbiddenConstructs.MutableStatic, ForbiddenConstructs.StaticReason));
        }
    }

    private static void FindMutableStatics(MetadataReader reader, ScannedType type, List<ForbiddenUse> found)
    {
        if (IsGeneratedName(type.Name))
        {
            return;
        }

        foreach (FieldDefinitionHandle handle in type.Definition.GetFields())
        {
            FieldDefinition field = reader.GetFieldDefinition(handle);
            if (field.Attributes.HasFlag(FieldAttributes.Static) && (field.Attributes & (FieldAttributes.InitOnly | FieldAttributes.Literal)) == 0)
            {
                found.Add(new ForbiddenUse(
                    type.Name, reader.GetString(field.Name), 0, ForbiddenConstructs.MutableStatic, ForbiddenConstructs.StaticReason));
            }
        }
    }

    /// <summary>Closures and delegate caches (<c>&lt;&gt;c</c>, <c>&lt;&gt;O</c>) hold statics that never change a result.</summary>
    private static bool IsGeneratedName(string type) => type[(type.LastIndexOfAny(['+', '.']) + 1)..].StartsWith('<');
}
