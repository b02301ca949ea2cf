using Microsoft.OpenApi;

namespace Agents.Server.Description;

/// <summary>What is said of an endpoint.</summary>
/// <param name="Id">Its name, which plugins call it by.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Description">When to use it, for people and for models that choose among operations.</param>
/// <param name="Request">Its body; null for none.</param>
/// <param name="Response">What a good answer holds.</param>
internal sealed record ApiOperation(string Id, string Summary, string Description, OpenApiSchema? Request, OpenApiSchema Response);
