using CAManim.Native.Server.Explain;
using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Hosting;

/// <summary>Answers that say what went wrong and what is expected, as application/problem+json (RFC 9457).</summary>
internal static class Problems
{
    private const int LongestText = 128;

    public static Task Write(HttpContext context, int status, string? detail) =>
        TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);

    /// <summary>Says what is expected where the routes have given a status and no words.</summary>
    public static Task Explain(HttpContext context)
    {
        HttpRequest request = context.Request;
        string path = Shorten(request.Path);
        return Write(context, context.Response.StatusCode, context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at '{path}'. There are the page at /, POST {ExplainEndpoint.Path}, and GET /health, /metrics and /openapi.json, which describes the service.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Method} is not answered at '{path}'. Expected: {context.Response.Headers.Allow}.",
            StatusCodes.Status415UnsupportedMediaType => $"A body of the kind '{Shorten(request.ContentType)}' is not read. Expected: the picture as it is ({string.Join(", ", ExplainEndpoint.BodyTypes.SkipLast(1))}), or {ExplainEndpoint.BodyTypes[^1]} with one file.",
            _ => null,
        });
    }

    private static string Shorten(string? text) => text is { Length: > LongestText } ? text[..LongestText] + "..." : text ?? "";
}
