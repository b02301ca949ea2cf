using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Agents.Testing.StrategyScan;

/// <summary>A type of the scanned assembly and the members that its methods use.</summary>
internal sealed record ScannedType(string Name, TypeDefinition Definition, IReadOnlyList<(MethodSite Site, IReadOnlyList<MemberUse> Uses)> Methods)
{
    public static ScannedType Read(PEReader image, MetadataReader reader, TypeDefinitionHandle handle, string name)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        bool iterator = HasCompilerGenerated(reader, type.GetCustomAttributes())
            && reader.GetString(type.Name).Contains(">d", StringComparison.Ordinal);
        bool stateMachine = type.GetInterfaceImplementations()
            .Select(i => TypeNames.Of(reader, reader.GetInterfaceImplementation(i).Interface))
            .Contains("System.Runtime.CompilerServices.IAsyncStateMachine", StringComparer.Ordinal);

        var methods = new List<(MethodSite, IReadOnlyList<MemberUse>)>();
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(methodHandle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            string methodName = reader.GetString(method.Name);
            bool marked = HasCompilerGenerated(reader, method.GetCustomAttributes());
            var site = new MethodSite(
                name,
                methodName,
                IsGenerated: methodName[0] != '<' && (marked || (iterator && methodName != "MoveNext")),
                IsAsyncBody: stateMachine && methodName == "MoveNext");
            methods.Add((site, [.. IlReader.Read(reader, image.GetMethodBody(method.RelativeVirtualAddress))]));
        }

        return new ScannedType(name, type, methods);
    }

    private static bool HasCompilerGenerated(MetadataReader reader, CustomAttributeHandleCollection attributes) =>
        attributes.Any(handle =>
            reader.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
            && TypeNames.Of(reader, reader.GetMemberReference((MemberReferenceHandle)constructor).Parent)
                == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");
}
