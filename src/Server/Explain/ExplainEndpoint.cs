using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Files;
using CAManim.Native.Server.Hosting;
using CAManim.Native.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TorchSharp;

namespace CAManim.Native.Server.Explain;

/// <summary><c>POST /api/explain</c>: a picture in; numbers, maps or a video out.</summary>
internal sealed class ExplainEndpoint(ServedModel model, ServerOptions options, Admission admission, ServerMetrics metrics, PrivateFolder folder)
{
    /// <summary>Where it is.</summary>
    public const string Path = "/api/explain";

    private const int ClientLeft = 499;
    private const int PartSize = 64 << 10;
    private const int MostOnTheWay = 128;
    private const int MostOfAnAddress = 64;

    // Of bodies and of answers; four of the largest bodies fit in any case.
    private const long LeastMemory = 512L << 20;

    // Clients that try again at once would otherwise take the processor from the work: sixteen of them took nine tenths of it.
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(100);

    /// <summary>What may be sent; the last is a form.</summary>
    public static IReadOnlyList<string> BodyTypes { get; } = ["application/octet-stream", "image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif", "image/tiff", "multipart/form-data"];

    private readonly Transfers _bodies = new(MostOnTheWay, MostOfAnAddress, Math.Max(LeastMemory, 8 * options.BodyLimitInBytes));
    private readonly Transfers _answers = new(MostOnTheWay, MostOfAnAddress, LeastMemory);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, Explain)
        .WithName("explain")
        .WithTags("images")
        .WithSummary("Class activation maps of a picture at every layer.")
        .WithDescription("Send the picture (PNG, JPEG, WebP, TIFF, BMP, GIF) as the body, or as the one file of a form. The Accept header chooses the answer: numbers of every map (application/json), the maps themselves (application/x-safetensors) or a video (video/mp4).")
        .Accepts<IFormFile>(BodyTypes[0], [.. BodyTypes.Skip(1)])
        .Produces<ExplainReport>(StatusCodes.Status200OK, AnswerKinds.JsonType, AnswerKinds.MapsType, AnswerKinds.VideoType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status406NotAcceptable)
        .ProducesProblem(StatusCodes.Status408RequestTimeout)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    // The parameters are read from address and form together; here they stand for the OpenAPI document.
    private async Task Explain(
        HttpContext context,
        [FromQuery] string target = "top",
        [FromQuery] string method = "GradCAM",
        [FromQuery] string layers = "all",
        [FromQuery] string norm = "both",
        [FromQuery] string colormap = "jet")
    {
        long start = Stopwatch.GetTimestamp();
        int status = StatusCodes.Status500InternalServerError;
        try
        {
            status = await Answer(context).ConfigureAwait(false);
        }
        finally
        {
            metrics.Answered(status, Stopwatch.GetElapsedTime(start));
        }
    }

    /// <returns>The status.</returns>
    private async Task<int> Answer(HttpContext context)
    {
        using CancellationTokenSource timeout = new(options.Timeout);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        bool isRead = false;
        try
        {
            AnswerKind kind = AnswerKinds.Choose(context.Request);
            _ = ExplainFields.Merge(context.Request.Query, null);
            admission.CheckRoom();
            ReadOnlyMemory<byte> answer;
            using (Transfer body = _bodies.TryBegin(context.Connection.RemoteIpAddress) ?? throw Crowded())
            {
                (byte[] image, IFormCollection? form) = await ReadBody(context.Request, body, ending.Token).ConfigureAwait(false);
                isRead = true;
                ExplainParameters asked = ExplainFields.Merge(context.Request.Query, form);
                CamOptions cam = asked.Read(model) with { Activation = options.Activation };
                VideoOptions video = asked.ReadVideo();
                answer = await admission.Work(() => Compute(image, kind, asked, cam, video, ending.Token), ending.Token).ConfigureAwait(false);
            }

            context.Response.ContentType = AnswerKinds.TypeOf(kind);
            return await Send(context, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return ClientLeft;
        }
        catch (Exception error) when (Status(error, timeout.IsCancellationRequested, isRead) is { } status && !context.Response.HasStarted)
        {
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                await Task.Delay(RefusalPause, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                context.Response.Headers.RetryAfter = admission.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            await Problems.Write(context, status, Words(error, status)).ConfigureAwait(false);
            return status;
        }
    }

    private async Task<(byte[] Image, IFormCollection? Form)> ReadBody(HttpRequest request, Transfer body, CancellationToken ending)
    {
        using CancellationTokenSource reading = CancellationTokenSource.CreateLinkedTokenSource(ending, body.HasToGo);
        try
        {
            return await ExplainBody.Read(request, body, options, reading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (body.HasToGo.IsCancellationRequested && !ending.IsCancellationRequested)
        {
            request.HttpContext.Response.Headers.Connection = "close";
            throw new RequestException(StatusCodes.Status408RequestTimeout, $"The body came at {body.BytesPerSecond:F0} bytes a second, slower than all others, and others had no place. Send it at once.");
        }
    }

    // The work is done and its place is free: a client that reads slowly holds nothing but the bytes.
    private async Task<int> Send(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        using Transfer transfer = _answers.TryBegin(context.Connection.RemoteIpAddress) ?? throw Crowded();
        if (!transfer.TryTake(answer.Length))
        {
            throw Crowded();
        }

        using CancellationTokenSource patience = new(options.Timeout);
        using CancellationTokenSource sending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, transfer.HasToGo, context.RequestAborted);
        context.Response.ContentLength = answer.Length;
        try
        {
            for (int at = 0; at < answer.Length; at += PartSize)
            {
                ReadOnlyMemory<byte> part = answer.Slice(at, Math.Min(PartSize, answer.Length - at));
                await context.Response.Body.WriteAsync(part, sending.Token).ConfigureAwait(false);
                transfer.Move(part.Length);
            }

            return StatusCodes.Status200OK;
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return ClientLeft;
        }
    }

    private static RequestException Crowded() => new(StatusCodes.Status503ServiceUnavailable, "Too many bodies are on their way. Try again in a moment.");

    private static int? Status(Exception error, bool isLate, bool isRead) => error switch
    {
        RequestException request => request.Status,
        BadHttpRequestException bad => bad.StatusCode,
        ImageFileException => StatusCodes.Status400BadRequest,
        CamException => StatusCodes.Status400BadRequest,
        OperationCanceledException when isLate => isRead ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status408RequestTimeout,
        LibavMissingException => StatusCodes.Status501NotImplemented,
        _ => null,
    };

    private string Words(Exception error, int status) => (error, status) switch
    {
        (OperationCanceledException, StatusCodes.Status504GatewayTimeout) => $"The maps were not there within {options.Timeout.TotalSeconds:0.#} s. Ask for fewer layers or another method.",
        (OperationCanceledException, _) => $"The body was not there within {options.Timeout.TotalSeconds:0.#} s. Send it at once.",
        (BadHttpRequestException, StatusCodes.Status413PayloadTooLarge) => ExplainBody.TooLarge(options.BodyLimitInBytes).Message,
        (BadHttpRequestException, StatusCodes.Status408RequestTimeout) => "The body came too slowly. Send it at once.",
        _ => error.Message,
    };

    /// <summary>Everything that takes the processor.</summary>
    private ReadOnlyMemory<byte> Compute(byte[] image, AnswerKind kind, ExplainParameters asked, CamOptions cam, VideoOptions video, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ModelInput input = Prepare(ImageFile.Read(image, "the picture", pixelLimit: options.PixelLimit), cancellation);
        using torch.Tensor tensor = model.Device.Place(input.ToTensor());
        CamResult result = Run(tensor, cam, cancellation);
        model.ClassCount = Math.Max(model.ClassCount, result.Logits.Length);
        if (result.Frames.Count == 0)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, EmptySelection.Explain(asked.Layers, result.Layers, model.Model));
        }

        ExplainAnswer answer = new(model, asked, result);
        return kind switch
        {
            AnswerKind.Json => answer.Json(Stopwatch.GetElapsedTime(start)),
            AnswerKind.Maps => answer.Maps(),
            AnswerKind.Page => answer.Page(input, Stopwatch.GetElapsedTime(start)),
            _ => answer.Video(input, video, folder, cancellation),
        };
    }

    private ModelInput Prepare(Picture picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return model.Prepare(options.Resize).Apply(picture, cancellation);
        }
        catch (Exception error) when (error is ArgumentException or ArithmeticException or OutOfMemoryException)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"The picture of {picture.Image.Width}x{picture.Image.Height} cannot be brought to the network's size: {error.Message}");
        }
    }

    private CamResult Run(torch.Tensor tensor, CamOptions cam, CancellationToken cancellation)
    {
        try
        {
            return model.Engine.Run(tensor, cam, cancellation: cancellation);
        }
        catch (ExternalException error)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"The network does not take this picture: {error.Message.Split('\n')[0]}");
        }
    }
}
