using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Agents.Hosting.Pictures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Playground;

/// <summary>
/// The playground: a page at <c>/</c> whose files are embedded in this assembly. It asks the same endpoints as any client, so it
/// holds no secret and is open to everyone; what it asks goes through the gate.
/// </summary>
internal static class PlaygroundEndpoints
{
    /// <summary>The folder of the page's files.</summary>
    public const string Folder = "/playground";

    // No script or style but from this server, nothing inline, no text that becomes markup: also where a model writes it.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Lazy<IReadOnlyDictionary<string, PageFile>> files = new(Read);

    /// <summary>Maps <c>/</c> and the files of the page.</summary>
    public static void MapPlayground(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => SendAsync(context, "index.html"));
        routes.MapGet(Folder + "/{name}", (HttpContext context, string name) => SendAsync(context, name));
    }

    private static async Task SendAsync(HttpContext context, string name)
    {
        if (!files.Value.TryGetValue(name, out PageFile? file))
            throw ApiException.NotFound($"The playground has no file '{Parameters.Shown(name)}'.", "unknown_url");
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Asked for anew each time and sent only when it changed: a new version of the server is a new page.
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static Dictionary<string, PageFile> Read()
    {
        const string Prefix = "playground/";
        var assembly = Assembly.GetExecutingAssembly();
        var read = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Add(resource[Prefix.Length..], bytes.ToArray());
        }

        Add("run-picture.js", Encoding.UTF8.GetBytes(RunPicture.Script));
        Add("run-picture.css", Encoding.UTF8.GetBytes(RunPicture.Style));
        return read;

        void Add(string name, byte[] bytes) => read.Add(name, new PageFile(bytes, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..12])}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"The page's file '{name}' is of a type '{other}' that has no media type here."),
    };

    private sealed record PageFile(byte[] Bytes, string Type, string Tag);
}
