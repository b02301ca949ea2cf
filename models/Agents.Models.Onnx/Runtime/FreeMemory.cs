using System.Globalization;
using System.Runtime.InteropServices;

namespace Agents.Models.Onnx;

/// <summary>Memory that is free where a provider computes.</summary>
internal static unsafe class FreeMemory
{
    private static readonly string[] cudaLibraries = ["libcudart.so.13", "libcudart.so.12", "libcudart.so", "cudart64_13.dll", "cudart64_12.dll"];

    /// <summary>Bytes, or null where this cannot be known.</summary>
    public static long? For(string provider) => provider switch
    {
        ModelRuntime.Cpu => OnMachine(),
        "cuda" => OnCudaDevice(),
        _ => null,
    };

    /// <summary>What a container or the machine still allows this process.</summary>
    private static long OnMachine()
    {
        long allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        return File.Exists("/proc/meminfo") && Available(File.ReadLines("/proc/meminfo")) is { } free ? Math.Min(free, allowed) : allowed;
    }

    private static long? Available(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * 1024 : null;
    }

    private static long? OnCudaDevice()
    {
        foreach (string name in cudaLibraries)
        {
            if (!NativeLibrary.TryLoad(name, out nint library) || !NativeLibrary.TryGetExport(library, "cudaMemGetInfo", out nint function))
                continue;
            nuint free, total;
            return ((delegate* unmanaged<nuint*, nuint*, int>)function)(&free, &total) == 0 ? (long)free : null;
        }

        return null;
    }
}
