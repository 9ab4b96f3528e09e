using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>Reads what goes into the network.</summary>
internal static class InputReader
{
    /// <summary>Before the names of pictures that the tool draws itself.</summary>
    public const string DemoPrefix = "demo:";

    /// <summary>Reads the file at once; the answer prepares it for a network, whose weights may say the size.</summary>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static Func<LoadedModel, ModelInput> Open(InputRequest request)
    {
        if (request.Image is not null)
        {
            Picture picture = LoadPicture(request.Image, request.Range);
            return model => Usage.Check(() => Prepare(request, model).Apply(picture));
        }

        (int height, int width, float[] values) = ReadTensor(request);
        return model => Prepare(request, model).Invert(values, height, width);
    }

    /// <summary>What lies where in a picture that the tool draws; empty for others, and where the input has another size than the drawing.</summary>
    public static IReadOnlyList<DemoObject> Objects(InputRequest request, ModelInput input)
    {
        if (!IsDrawn(request.Image))
        {
            return [];
        }

        DemoScene scene = DemoImages.Draw(request.Image![DemoPrefix.Length..]);
        return (scene.Image.Width, scene.Image.Height) == (input.Image.Width, input.Image.Height) ? scene.Objects : [];
    }

    /// <summary>The input once more, from what a report says of it.</summary>
    /// <param name="report">How it was made.</param>
    /// <param name="file">The picture or the tensor file, where it is now.</param>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static ModelInput Again(InputReport report, string file)
    {
        Preprocessing preprocessing = new() { Channels = report.Channels, Mean = report.Mean, StandardDeviation = report.Std };
        if (report.Resize is null)
        {
            (int height, int width, float[] values) = ReadTensor(new InputRequest(null, report.Key is null ? file : $"{file}:{report.Key}", "keep", null, null, null));
            return preprocessing.Invert(values, height, width);
        }

        ResizeMode mode = Enum.Parse<ResizeMode>(report.Resize, ignoreCase: true);
        preprocessing = preprocessing with { Mode = mode, Size = report.Height, Width = mode == ResizeMode.Stretch ? report.Width : null, ResizeSize = report.ResizeSize };
        return preprocessing.Apply(LoadPicture(file, PictureRange.Parse(report.Picture?.Range ?? "auto")));
    }

    /// <summary>Whether a name stands for a picture that the tool draws itself.</summary>
    public static bool IsDrawn(string? image) => image?.StartsWith(DemoPrefix, StringComparison.Ordinal) == true;

    /// <summary>What a picture goes through before the network.</summary>
    public static Preprocessing Prepare(InputRequest request, LoadedModel model)
    {
        Preprocessing preprocessing = Preprocessing.For(model, Enum.Parse<ResizeMode>(request.Resize, ignoreCase: true));
        preprocessing = preprocessing with
        {
            Mean = PerChannel(request.Mean, preprocessing.Channels) ?? preprocessing.Mean,
            StandardDeviation = PerChannel(request.StandardDeviation, preprocessing.Channels) ?? preprocessing.StandardDeviation,
        };
        return request.Size is { } size
            ? preprocessing with { Size = size.Height, Width = size.Width == size.Height ? null : size.Width, ResizeSize = null }
            : preprocessing;
    }

    private static float[]? PerChannel(float[]? values, int channels) => values?.Length == 1 ? [.. Enumerable.Repeat(values[0], channels)] : values;

    private static Picture LoadPicture(string image, PictureRange range) => IsDrawn(image)
        ? new Picture(Usage.Check(() => DemoImages.Draw(image[DemoPrefix.Length..])).Image)
        : ImageFile.Open(image, range);

    private static (int Height, int Width, float[] Values) ReadTensor(InputRequest request)
    {
        string path = request.TensorFile!;
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        string key = request.TensorKey ?? (file.Keys.Count == 1
            ? file.Keys[0]
            : throw new WeightFileException($"'{path}' holds {file.Keys.Count} tensors. Say which after a colon: --input-tensor {path}:KEY, one of {string.Join(", ", file.Keys.Take(8))}{(file.Keys.Count > 8 ? ", ..." : "")}."));
        (int[] shape, float[] values) = file.Read(key);
        if (shape is not ([1 or 3, > 0, > 0] or [1, 1 or 3, > 0, > 0]))
        {
            throw new WeightFileException($"The tensor '{key}' of '{path}' has the shape [{string.Join(',', shape)}]; an input has [3,H,W] or [1,3,H,W], of one channel [1,H,W] or [1,1,H,W]. Save it in that order, normalised.");
        }

        return (shape[^2], shape[^1], values);
    }
}
