using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CAManim.Native.Server.Explain;

/// <summary>What is answered with.</summary>
internal enum AnswerKind
{
    /// <summary>application/json.</summary>
    Json,

    /// <summary>Maps as a safetensors file.</summary>
    Maps,

    /// <summary>video/mp4.</summary>
    Video,

    /// <summary>Numbers, picture and maps in 8 bits, for the page.</summary>
    Page,
}

/// <summary>Chooses by the Accept header.</summary>
internal static class AnswerKinds
{
    public const string JsonType = "application/json";
    public const string MapsType = "application/x-safetensors";
    public const string VideoType = "video/mp4";
    public const string PageType = "application/vnd.camanim.maps";

    private static readonly (AnswerKind Kind, string Type)[] Known = [(AnswerKind.Json, JsonType), (AnswerKind.Maps, MapsType), (AnswerKind.Maps, "application/octet-stream"), (AnswerKind.Video, VideoType), (AnswerKind.Page, PageType)];

    /// <summary>What an answer is called.</summary>
    public static string TypeOf(AnswerKind kind) => kind switch
    {
        AnswerKind.Json => JsonType,
        AnswerKind.Maps => MapsType,
        AnswerKind.Page => PageType,
        _ => VideoType,
    };

    /// <exception cref="RequestException">Nothing of what is accepted can be given.</exception>
    public static AnswerKind Choose(HttpRequest request)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return AnswerKind.Json;
        }

        foreach (MediaTypeHeaderValue type in accepted.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
        {
            foreach ((AnswerKind kind, string name) in Known)
            {
                if (new MediaTypeHeaderValue(name).IsSubsetOf(type))
                {
                    return kind;
                }
            }
        }

        throw new RequestException(StatusCodes.Status406NotAcceptable, $"Answers come as {JsonType}, {MapsType} or {VideoType}; the request accepts {string.Join(", ", accepted)}.");
    }
}
