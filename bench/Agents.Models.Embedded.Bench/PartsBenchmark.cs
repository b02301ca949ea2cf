using System.Diagnostics;

namespace Agents.Models.Embedded.Bench;

/// <summary>What the parts of a step cost, in CPU time a row, so that other work on the machine counts for little.</summary>
internal static unsafe class PartsBenchmark
{
    public static void Run(BenchSettings settings)
    {
        Transformer model = settings.Load(1).Transformer;
        ModelShape shape = model.Shape;
        TransformerLayer layer = model.Layers[0];
        foreach (int rows in new[] { 1, 2, 4, 8, 16 })
        {
            double all = 0;
            Console.WriteLine($"{rows} rows, microseconds of CPU a row and step, all layers:");
            foreach ((string name, WeightMatrix matrix, int times) in new[]
            {
                ("queries, keys, values", layer.AttentionIn, shape.Layers), ("attention out", layer.AttentionOut, shape.Layers), ("gate and up", layer.HiddenIn, shape.Layers),
                ("down", layer.HiddenOut, shape.Layers), ("logits", model.Embedding, 1),
            })
            {
                int stride = matrix.Inputs + Lanes.Count;
                var x = new AlignedFloats(rows * stride, isCleared: true);
                var y = new AlignedFloats(rows * matrix.PaddedOutputs);
                double seconds = Measure(settings, 2000 / rows, () => matrix.Multiply(x.Pointer, stride, rows, y.Pointer, matrix.PaddedOutputs));
                Report(name, seconds, times, 2.0 * matrix.Outputs * matrix.Inputs * rows);
            }

            int positions = settings.PromptLength + settings.NewTokens / 2;
            var pool = new KeyValuePool(shape);
            var sequence = new KeyValueSequence(pool, shape.Context);
            sequence.Extend(positions);
            for (int b = 0; b < sequence.Addresses.Length; b++)
                new Span<float>((float*)sequence.Addresses[b], pool.ValueAt(shape.Layers, 0)).Fill(0.01f);
            var query = new AlignedFloats(shape.QueryWidth, isCleared: true);
            var scores = new AlignedFloats(AttentionKernel.ScoreRoom(shape.Context));
            var output = new AlignedFloats(shape.Heads * pool.ValueWidth);
            double attention = Measure(settings, 2000 / rows, () =>
            {
                fixed (nint* blocks = sequence.Addresses)
                {
                    for (int r = 0; r < rows; r++)
                        AttentionKernel.Attend(query.Pointer, shape, pool, 0, blocks, positions, scores.Pointer, output.Pointer);
                }
            });
            Report($"attention to {positions} positions", attention, shape.Layers, 4.0 * positions * shape.QueryWidth * rows);

            var gate = new AlignedFloats(2 * shape.HiddenWidth, isCleared: true);
            Report("swiglu", Measure(settings, 2000, () => Elementwise.SwiGlu(gate.Pointer, gate.Pointer + shape.HiddenWidth, shape.HiddenWidth)) * rows, shape.Layers, 0);
            Console.WriteLine($"  {"sum",-28} {all,8:N2}");

            void Report(string name, double seconds, int times, double operations)
            {
                double here = seconds * times / rows * 1e6;
                all += here;
                Console.WriteLine($"  {name,-28} {here,8:N2}   {(operations > 0 ? $"{operations / seconds / 1e9,6:N0} GFLOP/s" : "")}");
            }
        }
    }

    private static double Measure(BenchSettings settings, int times, Action work)
    {
        work();
        return new Spread(Enumerable.Range(0, settings.Runs).Select(_ =>
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            for (int i = 0; i < times; i++)
                work();
            return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / times;
        })).Median;
    }
}
