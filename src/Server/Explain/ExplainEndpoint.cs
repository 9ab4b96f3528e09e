using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Hosting;
using CAManim.Native.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TorchSharp;

namespace CAManim.Native.Server.Explain;

/// <summary><c>POST /api/explain</c>: a picture in; numbers, maps or a video out.</summary>
internal sealed class ExplainEndpoint(ServedModel model, ServerOptions options, Admission admission, ServerMetrics metrics)
{
    private const int ClientLeft = 499;

    // Clients that try again at once would otherwise take the processor from the work: sixteen of them took nine tenths of it.
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(100);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/explain", Explain)
        .WithName("explain")
        .WithTags("images")
        .WithSummary("Class activation maps of a picture at every layer.")
        .WithDescription("Send the picture (PNG, JPEG, WebP, BMP, GIF) as the body, or as the one file of a form. The Accept header chooses the answer: numbers of every map (application/json), the maps themselves (application/x-safetensors) or a video (video/mp4).")
        .Accepts<IFormFile>("application/octet-stream", "image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif", "multipart/form-data")
        .Produces<ExplainReport>(StatusCodes.Status200OK, AnswerKinds.JsonType, AnswerKinds.MapsType, AnswerKinds.VideoType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status406NotAcceptable)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout);

    private async Task Explain(
        HttpContext context,
        [FromQuery] string target = "top",
        [FromQuery] string method = "GradCAM",
        [FromQuery] string layers = "all",
        [FromQuery] string norm = "both",
        [FromQuery] string colormap = "jet")
    {
        long start = Stopwatch.GetTimestamp();
        if (!admission.TryEnter())
        {
            await Task.Delay(RefusalPause, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Response.Headers.RetryAfter = admission.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Problems.Write(context, StatusCodes.Status503ServiceUnavailable, $"{options.QueueLength} requests are waiting already. Try again in {admission.RetryAfterSeconds} s.").ConfigureAwait(false);
            metrics.Answered(StatusCodes.Status503ServiceUnavailable, Stopwatch.GetElapsedTime(start));
            return;
        }

        int status = StatusCodes.Status200OK;
        try
        {
            status = await Answer(context, new ExplainParameters(target, method, layers, norm, colormap)).ConfigureAwait(false);
        }
        finally
        {
            admission.Leave();
            metrics.Answered(status, Stopwatch.GetElapsedTime(start));
        }
    }

    /// <returns>The status.</returns>
    private async Task<int> Answer(HttpContext context, ExplainParameters parameters)
    {
        using CancellationTokenSource timeout = new(options.Timeout);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            AnswerKind kind = AnswerKinds.Choose(context.Request);
            (byte[] image, IFormCollection? form) = await ExplainBody.Read(context.Request, options, ending.Token).ConfigureAwait(false);
            ExplainParameters asked = form is null ? parameters : Merge(parameters, form);
            CamOptions cam = asked.Read(model) with { Activation = options.Activation };
            VideoOptions video = asked.ReadVideo();
            Func<Stream, Task> write = await admission.Work(() => Compute(image, kind, asked, cam, video, ending.Token), ending.Token).ConfigureAwait(false);
            context.Response.ContentType = kind switch { AnswerKind.Json => AnswerKinds.JsonType, AnswerKind.Maps => AnswerKinds.MapsType, _ => AnswerKinds.VideoType };
            await write(context.Response.Body).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return ClientLeft;
        }
        catch (Exception error) when (Status(error, timeout.IsCancellationRequested) is { } status && !context.Response.HasStarted)
        {
            string detail = status == StatusCodes.Status504GatewayTimeout ? $"The maps were not there within {options.Timeout.TotalSeconds:0.#} s. Ask for fewer layers or another method." : error.Message;
            await Problems.Write(context, status, detail).ConfigureAwait(false);
            return status;
        }
    }

    private static int? Status(Exception error, bool isLate) => error switch
    {
        RequestException request => request.Status,
        BadHttpRequestException bad => bad.StatusCode,
        ImageFileException => StatusCodes.Status400BadRequest,
        CamException => StatusCodes.Status400BadRequest,
        OperationCanceledException when isLate => StatusCodes.Status504GatewayTimeout,
        LibavMissingException => StatusCodes.Status501NotImplemented,
        _ => null,
    };

    private static ExplainParameters Merge(ExplainParameters parameters, IFormCollection form)
    {
        return new ExplainParameters(
            Value("target", parameters.Target), Value("method", parameters.Method), Value("layers", parameters.Layers), Value("norm", parameters.Norm), Value("colormap", parameters.ColorMap));

        string Value(string name, string otherwise) => form.TryGetValue(name, out var values) ? values.ToString() : otherwise;
    }

    /// <summary>Everything that takes the processor; what is returned only copies.</summary>
    private Func<Stream, Task> Compute(byte[] image, AnswerKind kind, ExplainParameters asked, CamOptions cam, VideoOptions video, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ModelInput input = model.Prepare(options.Resize).Apply(ImageFile.Decode(image, "the picture", options.PixelLimit), cancellation);
        using torch.Tensor tensor = model.Device.Place(input.ToTensor());
        CamResult result = Run(tensor, cam, cancellation);
        if (result.Frames.Count == 0)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"layers '{asked.Layers}' gives no map with {model.Model.Name}. 'camanim layers --model {model.Model.Name}' lists the names.");
        }

        ExplainAnswer answer = new(model, asked, result);
        return kind switch
        {
            AnswerKind.Json => answer.Json(Stopwatch.GetElapsedTime(start)),
            AnswerKind.Maps => answer.Maps(),
            _ => answer.Video(input, video, cancellation),
        };
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
