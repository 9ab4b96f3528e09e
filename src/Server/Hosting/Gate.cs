using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Hosting;

/// <summary>Who gets in: the token where there is one, and no other web site's pages.</summary>
/// <remarks>
/// A page of another site can send requests to a server on loopback and, through a name that it points there, read the answers. So the
/// Host header must name this machine while the server listens on loopback, and the Origin of a request must be the server's own.
/// </remarks>
internal sealed class Gate(ServerOptions options)
{
    private const string Cookie = "camanim_token";
    private const string Query = "token";
    private const string Scheme = "Bearer ";

    private const string FetchSite = "Sec-Fetch-Site";
    private const string CrossSite = "cross-site";

    // What decides about who gets in and how the body is read.
    private static readonly string[] Once = ["Origin", "Authorization", "Host", "Content-Type", "Content-Length", FetchSite, "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Upgrade", "Sec-WebSocket-Key"];
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly byte[]? _expected = string.IsNullOrEmpty(options.Token) ? null : Hash(options.Token);

    public Task Pass(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (options.Listen.IsLoopback && !LoopbackNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.Write(context, StatusCodes.Status403Forbidden, $"The server listens on this machine only and is not called '{request.Host.Host}'. Use {options.Listen}.");
        }

        // A header that comes twice may be read one way here and the other way elsewhere; whoever sends it so is not let in.
        if (Once.FirstOrDefault(name => request.Headers[name].Count > 1) is { } twice)
        {
            return Problems.Write(context, StatusCodes.Status400BadRequest, $"The header {twice} came {request.Headers[twice].Count} times. Send it once.");
        }

        if (request.Headers.Origin is [var origin] && !IsOwn(origin, request))
        {
            return Problems.Write(context, StatusCodes.Status403Forbidden, $"Pages of '{origin}' may not use this server.");
        }

        if (request.Headers[FetchSite] is [CrossSite] && !IsNavigation(request))
        {
            return Problems.Write(context, StatusCodes.Status403Forbidden, "Pages of other sites may not use this server.");
        }

        if (_expected is null || IsRight(Offered(request)))
        {
            return next(context);
        }

        // A browser brings the token once, in the address; from then on in a cookie.
        if (request.Query.TryGetValue(Query, out var values) && IsRight(values.ToString()))
        {
            context.Response.Cookies.Append(Cookie, values.ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true });
            if (HttpMethods.IsGet(request.Method) && request.Path == "/")
            {
                context.Response.Redirect("/");
                return Task.CompletedTask;
            }

            return next(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Write(context, StatusCodes.Status401Unauthorized, "This server asks for a token. Send the header 'Authorization: Bearer TOKEN', or open /?token=TOKEN in a browser.");
    }

    // A link from elsewhere may open the page; what a page elsewhere embeds or fetches may not be had.
    private static bool IsNavigation(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] is ["navigate"] && request.Headers["Sec-Fetch-Dest"] is ["document"];

    private static bool IsOwn(string? origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static string? Offered(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : request.Cookies[Cookie];

    // Of hashes, so that neither content nor length shows in the time it takes.
    private bool IsRight(string? offered) => offered is not null && CryptographicOperations.FixedTimeEquals(Hash(offered), _expected);

    private static byte[] Hash(string text) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
}
