using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

/// <summary>Simple values and tool arguments as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class ExtraJson : JsonSerializerContext;
