using System.Runtime.InteropServices;

namespace Agents.Models.Onnx;

/// <summary>Switches off what the official packages report home. Before the runtime's library is loaded, because it reads the variable then.</summary>
internal static partial class Telemetry
{
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> off = new(() =>
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        // .NET keeps its own copy of the environment on Unix; native code does not see it.
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment(Variable, "1", 1);
        return true;
    });

    public static void Disable() => _ = off.Value;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
