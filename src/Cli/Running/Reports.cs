using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>Parts that several reports have.</summary>
internal static class Reports
{
    public static InputReport Input(InputRequest request, ModelInput input, LoadedModel model) => new(
        request.File,
        request.TensorKey,
        input.Height,
        input.Width,
        request.Image is null ? null : request.Resize,
        request.Image is not null && request.Resize == "crop" ? InputReader.Prepare(request, model).CropSide : null,
        request.Mean ?? model.Mean,
        request.StandardDeviation ?? model.StandardDeviation);
}
