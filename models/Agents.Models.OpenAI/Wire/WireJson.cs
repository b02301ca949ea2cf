using System.Text.Json.Serialization;

namespace Agents.Models.OpenAI;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ChatReply))]
internal sealed partial class WireJson : JsonSerializerContext;
