using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Reasoning;

/// <summary>The JSON form of a calibration: snake_case names, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScoreCalibration))]
internal sealed partial class CalibrationJson : JsonSerializerContext
{
    public static CalibrationJson Indented => indented.Value;

    // Lazy: the generated half of this class initialises its statics in an order that this half cannot rely on.
    private static readonly Lazy<CalibrationJson> indented = new(() => new CalibrationJson(new JsonSerializerOptions(Default!.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    }));
}
