using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Agents.Models.Embedded.Bench;

/// <summary>What one core of this machine can do, measured in the same process, and how much of it the engine takes.</summary>
internal static unsafe class LimitsBenchmark
{
    private const int Chains = 16;

    public static void Run(BenchSettings settings)
    {
        var decoding = new DecodeRun(settings.Load(1));
        EmbeddedModel model = decoding.Model;
        var cached = new AlignedFloats((int)(model.Transformer.Size / sizeof(float)), isCleared: true);
        var large = new AlignedFloats(64 << 20, isCleared: true);
        List<double> flops = [], near = [], far = [], single = [], sixteen = [];
        for (int run = -2; run < settings.Runs; run++)
        {
            double[] now =
            [
                Rate(() => Multiply(2_000_000), 2_000_000.0 * Chains * Lanes.Count * 2),
                Rate(() => Read(cached, 40), 40.0 * cached.Length * sizeof(float)),
                Rate(() => Read(large, 1), (double)large.Length * sizeof(float)),
                decoding.TokensPerSecond(decoding.Prompt(16, run), 1, settings.NewTokens),
                decoding.TokensPerSecond(decoding.Prompt(16, run), 16, settings.NewTokens),
            ];
            if (run < 0)
                continue;
            foreach ((List<double> list, double value) in new[] { flops, near, far, single, sixteen }.Zip(now))
                list.Add(value);
        }

        double peak = new Spread(flops).Median, bandwidth = new Spread(near).Median;
        double operations = model.Transformer.OperationsPerToken;
        Console.WriteLine($"fused multiply-adds       {new Spread(flops.Select(f => f / 1e9))} GFLOP/s");
        Console.WriteLine($"reading {cached.Length * 4 / 1e6,5:N1} MB again   {new Spread(near.Select(f => f / 1e9))} GB/s (the size of the weights)");
        Console.WriteLine($"reading {large.Length * 4 / 1e6,5:N1} MB         {new Spread(far.Select(f => f / 1e9))} GB/s");
        double one = new Spread(single).Median, many = new Spread(sixteen).Median;
        Console.WriteLine($"batch 1   {one,9:N0} tokens/s = {one * operations / 1e9:N1} GFLOP/s, {one * operations / peak:P0} of the multiply-adds; {one * model.Transformer.Size / 1e9:N1} GB/s of weights, {one * model.Transformer.Size / bandwidth:P0} of the reading");
        Console.WriteLine($"batch 16  {many,9:N0} tokens/s = {many * operations / 1e9:N1} GFLOP/s, {many * operations / peak:P0} of the multiply-adds");
    }

    private static double Rate(Action work, double amount)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return amount / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(int times)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(1e-3f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x, m = x, n = x, o = x, p = x;
        for (int t = 0; t < times; t++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
            m = Vector512.FusedMultiplyAdd(m, x, y);
            n = Vector512.FusedMultiplyAdd(n, x, y);
            o = Vector512.FusedMultiplyAdd(o, x, y);
            p = Vector512.FusedMultiplyAdd(p, x, y);
        }

        Keep(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(AlignedFloats numbers, int times)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        int length = numbers.Length / (4 * Lanes.Count) * (4 * Lanes.Count);
        for (int t = 0; t < times; t++)
        {
            for (int i = 0; i < length; i += 4 * Lanes.Count)
            {
                a += Vector512.Load(numbers.Pointer + i);
                b += Vector512.Load(numbers.Pointer + i + Lanes.Count);
                c += Vector512.Load(numbers.Pointer + i + 2 * Lanes.Count);
                d += Vector512.Load(numbers.Pointer + i + 3 * Lanes.Count);
            }
        }

        Keep(a + b + c + d);
    }

    // Without a use the loops would be no work at all.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(Vector512<float> value) => GC.KeepAlive(value[0]);
}
