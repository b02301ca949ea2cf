using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Agents.Testing.Tests.StrategyScan.Samples;

[Reports("Task.Delay without TimeProvider")]
public sealed class DelayByMilliseconds { public Task Run() => Task.Delay(1); }

[Reports("Task.Delay without TimeProvider")]
public sealed class DelayBySpan { public Task Run() => Task.Delay(TimeSpan.Zero, CancellationToken.None); }

[Reports("WaitAsync without TimeProvider")]
public sealed class WaitAsyncBySpan { public Task<int> Run(Task<int> t) => t.WaitAsync(TimeSpan.Zero); }

[Reports("CancellationTokenSource without TimeProvider")]
public sealed class SourceByMilliseconds { public CancellationTokenSource Run() => new(5); }

[Reports("CancellationTokenSource without TimeProvider")]
public sealed class SourceBySpan { public CancellationTokenSource Run() => new(TimeSpan.Zero); }

[Reports("CancelAfter")]
public sealed class CancelLater { public void Run(CancellationTokenSource c) => c.CancelAfter(5); }

[Reports("wall clock")]
public sealed class Now { public DateTime Run() => DateTime.Now; }

[Reports("wall clock")]
public sealed class UtcNow { public DateTime Run() => DateTime.UtcNow; }

[Reports("wall clock")]
public sealed class Today { public DateTime Run() => DateTime.Today; }

[Reports("wall clock")]
public sealed class OffsetNow { public DateTimeOffset Run() => DateTimeOffset.Now; }

[Reports("wall clock")]
public sealed class OffsetUtcNow { public DateTimeOffset Run() => DateTimeOffset.UtcNow; }

[Reports("wall clock")]
public sealed class Watch { public long Run() => Stopwatch.GetTimestamp(); }

[Reports("wall clock")]
public sealed class Zone { public TimeZoneInfo Run() => TimeZoneInfo.Local; }

[Reports("TimeProvider.System")]
public sealed class SystemTime { public Task Run() => Task.Delay(TimeSpan.Zero, TimeProvider.System); }

[Reports("environment")]
public sealed class Ticks { public int Run() => Environment.TickCount; }

[Reports("environment")]
public sealed class Variable { public string? Run() => Environment.GetEnvironmentVariable("X"); }

[Reports("environment")]
public sealed class ThreadIdInAsync { public async Task<int> Run() { await Task.Yield(); return Environment.CurrentManagedThreadId; } }

[Reports("environment")]
public sealed class Culture { public CultureInfo Run() => CultureInfo.CurrentCulture; }

[Reports("environment")]
public sealed class Switches { public string Run() => AppContext.BaseDirectory; }

[Reports("console")]
public sealed class Print { public void Run() => Console.WriteLine(); }

[Reports("file or stream")]
public sealed class ReadFile { public string Run() => File.ReadAllText("x"); }

[Reports("file or stream")]
public sealed class ListDirectory { public string[] Run() => Directory.GetFiles("x"); }

[Reports("file or stream")]
public sealed class ReadStream { public int Run(Stream s) => s.ReadByte(); }

[Reports("network")]
public sealed class Http { public HttpClient Run() => new(); }

[Reports("network")]
public sealed class Dns { public string Run() => System.Net.Dns.GetHostName(); }

[Reports("process")]
public sealed class StartProcess { public Process? Run() => Process.Start("x"); }

[Reports("new Guid")]
public sealed class NewGuid { public Guid Run() => Guid.NewGuid(); }

[Reports("new Guid")]
public sealed class NewGuidSeven { public Guid Run() => Guid.CreateVersion7(); }

[Reports("Random")]
public sealed class NewRandom { public Random Run() => new(1); }

[Reports("Random")]
public sealed class SharedRandom { public int Run() => Random.Shared.Next(); }

[Reports("RandomNumberGenerator")]
public sealed class StrongRandom { public int Run() => RandomNumberGenerator.GetInt32(5); }

[Reports("GetHashCode")]
public sealed class StringHash { public int Run(string s) => s.GetHashCode(StringComparison.Ordinal); }

[Reports("GetHashCode")]
public sealed class ObjectHash { public int Run(object o) => o.GetHashCode(); }

[Reports("GetHashCode")]
public sealed class HashInAsync { public async Task<int> Run(string s) { await Task.Yield(); return s.GetHashCode(); } }

[Reports("GetHashCode")]
public sealed class HashInLambda { public IEnumerable<string> Run(string[] s) => s.OrderBy(x => x.GetHashCode()); }

[Reports("GetHashCode")]
public sealed class HashInLocalFunction
{
    public int Run(string s)
    {
        return Hash();
        int Hash() => s.GetHashCode();
    }
}

[Reports("HashCode")]
public sealed class CombinedHash { public int Run(string s) => HashCode.Combine(s); }

[Reports("mutable static")]
public sealed class StaticField { private static int s_n = 3; public int Run() => s_n; }

[Reports("mutable static")]
public sealed class StaticFieldWritten { private static int s_n; public void Run() => s_n = 1; }

[Reports("mutable static")]
public sealed class StaticProperty { public static int Count { get; set; } }

[Reports("mutable static")]
public sealed class StaticElsewhere { public void Run() => ElsewhereStatic.Value = 1; }

public static class ElsewhereStatic
{
    public static int Value;
}
