using System.Globalization;
using Agents.Answers;

namespace Agents.Cli.Grading;

/// <summary>Counts what was graded, and against labels where the pairs carry them.</summary>
internal sealed class GradeScore
{
    private int equal, different, unknown;
    private int equalPairs, equalRight, differentPairs, differentRight;

    public void Add(bool? expected, Equivalence said)
    {
        (equal, different, unknown) = said switch
        {
            Equivalence.Equal => (equal + 1, different, unknown),
            Equivalence.Different => (equal, different + 1, unknown),
            _ => (equal, different, unknown + 1),
        };
        if (expected is true)
            (equalPairs, equalRight) = (equalPairs + 1, equalRight + (said == Equivalence.Equal ? 1 : 0));
        else if (expected is false)
            (differentPairs, differentRight) = (differentPairs + 1, differentRight + (said == Equivalence.Different ? 1 : 0));
    }

    public override string ToString()
    {
        string counts = string.Create(CultureInfo.InvariantCulture, $"{equal + different + unknown} pairs: {equal} equal, {different} different, {unknown} unknown");
        int labelled = equalPairs + differentPairs;
        return labelled == 0 ? counts : string.Create(CultureInfo.InvariantCulture,
            $"{counts}; against the labels {equalRight + differentRight}/{labelled} right ({100.0 * (equalRight + differentRight) / labelled:0.0} %), equal pairs {equalRight}/{equalPairs}, unequal pairs {differentRight}/{differentPairs}");
    }
}
