using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Hosting;

/// <summary>Answers that say what went wrong, as application/problem+json.</summary>
internal static class Problems
{
    public static Task Write(HttpContext context, int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
}
