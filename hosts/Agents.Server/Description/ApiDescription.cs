using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Agents.Server.Description;

/// <summary>
/// The server's own OpenAPI document, at <c>/openapi.json</c> and <c>/openapi.yaml</c>: paths and parameters come from the routes as they
/// are mapped, words and bodies from <see cref="ApiOperations"/>.
/// </summary>
internal static class ApiDescription
{
    private const string Scheme = "key";

    /// <summary>Adds what the document is made by.</summary>
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.ShouldInclude = endpoint => ApiOperations.All.ContainsKey(KeyOf(endpoint.HttpMethod, endpoint.RelativePath));
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, ApiOperations.All[KeyOf(context.Description.HttpMethod, context.Description.RelativePath)]);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Complete(document);
            return Task.CompletedTask;
        });
    });

    /// <summary>Maps the document.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi.json");
        routes.MapOpenApi("/openapi.yaml");
    }

    private static (string, string) KeyOf(string? method, string? path) => (method ?? "", "/" + path);

    private static void Describe(OpenApiOperation operation, ApiOperation described)
    {
        operation.OperationId = described.Id;
        operation.Summary = described.Summary;
        operation.Description = described.Description;
        operation.RequestBody = described.Request is null ? null : new OpenApiRequestBody { Required = true, Content = Json(described.Request) };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = described.Response.Description, Content = Json(described.Response) },
            ["400"] = new OpenApiResponse { Description = "Something in the request is wrong; the message says what and where." },
            ["401"] = new OpenApiResponse { Description = "A key is needed." },
            ["429"] = new OpenApiResponse { Description = "Too much at once; the header Retry-After says when to come back." },
        };
        if (described.Id == "solve")
            operation.Responses["202"] = new OpenApiResponse { Description = "The run takes longer; the header Location says where to ask." };
    }

    private static void Complete(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Reasoning",
            Version = "1",
            Description = "Answers questions by inference-time reasoning: sampling, voting, verifying and searching over language models.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        // Groups by class name say nothing to a reader.
        document.Tags = null;
        foreach (OpenApiOperation operation in document.Paths.Values.SelectMany(p => p.Operations?.Select(o => o.Value) ?? []))
            operation.Tags = null;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of the server's configuration." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }

    private static Dictionary<string, OpenApiMediaType> Json(OpenApiSchema schema) => new() { ["application/json"] = new OpenApiMediaType { Schema = schema } };
}
