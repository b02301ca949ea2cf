using System.Globalization;

namespace Agents.Evaluation;

/// <summary>The colour classes of strategies: Okabe and Ito's colours, told apart with every common colour vision. A name always stands beside.</summary>
internal static class Palette
{
    private const int Colours = 6;

    public static string Fill(int index) => string.Create(CultureInfo.InvariantCulture, $"fill{index % Colours}");

    public static string Stroke(int index) => string.Create(CultureInfo.InvariantCulture, $"stroke{index % Colours}");
}
