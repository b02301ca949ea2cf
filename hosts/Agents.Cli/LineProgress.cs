using System.Globalization;

namespace Agents.Cli;

/// <summary>A line at every twentieth of the way, for logs.</summary>
/// <param name="error">Where to.</param>
/// <param name="total">Questions in all.</param>
/// <param name="done">What has happened to those that are counted, such as <c>sampled</c>; empty for nothing to say.</param>
internal sealed class LineProgress(TextWriter error, int total, string done = "") : IProgress<int>
{
    private int shown = -1;

    public void Report(int value)
    {
        int part = 20 * value / Math.Max(1, total);
        if (part == shown)
            return;
        shown = part;
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value} of {total} questions {done}").TrimEnd());
    }
}
