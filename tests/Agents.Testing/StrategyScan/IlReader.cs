using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Agents.Testing.StrategyScan;

/// <summary>Walks the instructions of a method body and resolves those that name a member.</summary>
internal static class IlReader
{
    /// <summary>The <c>volatile.</c> prefix, reported as a use of this type.</summary>
    public const string VolatilePrefix = "volatile.";

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static IEnumerable<MemberUse> Read(MetadataReader reader, MethodBodyBlock body)
    {
        byte[] il = body.GetILBytes() ?? [];
        int at = 0;
        while (at < il.Length)
        {
            int start = at;
            int value = il[at++];
            if (value == 0xFE)
            {
                value = 0xFE00 | il[at++];
            }

            OpCode code = OpCodesByValue[value];
            if (code == OpCodes.Volatile)
            {
                yield return new MemberUse(start, VolatilePrefix, "", []);
            }

            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok
                && Resolve(reader, MetadataTokens.EntityHandle(BitConverter.ToInt32(il, at))) is { } member)
            {
                yield return member with { Offset = start, WritesStatic = code == OpCodes.Stsfld };
            }

            at += OperandSize(code, il, at);
        }
    }

    private static int OperandSize(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static MemberUse? Resolve(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return Resolve(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MethodDefinition:
                MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return new MemberUse(
                    0,
                    TypeNames.Of(reader, method.GetDeclaringType()),
                    reader.GetString(method.Name),
                    method.DecodeSignature(TypeNames.Instance, null).ParameterTypes);
            case HandleKind.FieldDefinition:
                FieldDefinition field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                return new MemberUse(0, TypeNames.Of(reader, field.GetDeclaringType()), reader.GetString(field.Name), []);
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
                return new MemberUse(
                    0,
                    TypeNames.Of(reader, member.Parent),
                    reader.GetString(member.Name),
                    member.GetKind() == MemberReferenceKind.Method
                        ? member.DecodeMethodSignature(TypeNames.Instance, null).ParameterTypes
                        : []);
            default:
                return null;
        }
    }
}
