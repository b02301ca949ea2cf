using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

/// <summary>Simple values of a caller's further parameters as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
internal sealed partial class ExtraJson : JsonSerializerContext;
