using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>Parts that several reports have.</summary>
internal static class Reports
{
    public static InputReport Input(InputRequest request, ModelInput input, LoadedModel model)
    {
        Preprocessing preprocessing = InputReader.Prepare(request, model);
        return new InputReport(
            request.File,
            request.TensorKey,
            input.Height,
            input.Width,
            request.Image is null ? null : request.Resize,
            request.Image is not null && request.Resize == "crop" ? preprocessing.CropSide : null,
            preprocessing.Mean,
            preprocessing.StandardDeviation)
        {
            Channels = input.Channels,
            Picture = Picture(request, input),
            Show = request.ShowsInput || input.Picture is null ? "input" : "original",
        };
    }

    private static PictureReport? Picture(InputRequest request, ModelInput input) => input.Picture is { } picture
        ? new PictureReport(
            picture.Image.Height,
            picture.Image.Width,
            picture.BitsPerSample,
            request.Range.ToString(),
            picture.Minimum,
            picture.Maximum,
            input.Area is { } area ? [area.Left, area.Top, area.Width, area.Height] : null)
        : null;
}
