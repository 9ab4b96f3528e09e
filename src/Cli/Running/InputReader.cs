using CAManim.Native.Cli.Options;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>Reads what goes into the network.</summary>
internal static class InputReader
{
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static ModelInput Read(InputRequest request, LoadedModel model)
    {
        IReadOnlyList<float> mean = request.Mean ?? model.Mean;
        IReadOnlyList<float> deviation = request.StandardDeviation ?? model.StandardDeviation;
        return request.Image is null ? ReadTensor(request, mean, deviation) : ReadImage(request, model, mean, deviation);
    }

    private static ModelInput ReadImage(InputRequest request, LoadedModel model, IReadOnlyList<float> mean, IReadOnlyList<float> deviation)
    {
        Preprocessing preprocessing = Preprocessing.For(model, Enum.Parse<ResizeMode>(request.Resize, ignoreCase: true)) with { Mean = mean, StandardDeviation = deviation };
        if (request.Size is { } size)
        {
            preprocessing = preprocessing with { Size = size.Height, ResizeSize = null };
        }

        return preprocessing.Apply(ImageFile.Load(request.Image!));
    }

    private static ModelInput ReadTensor(InputRequest request, IReadOnlyList<float> mean, IReadOnlyList<float> deviation)
    {
        string path = request.TensorFile!;
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        string key = request.TensorKey ?? (file.Keys.Count == 1
            ? file.Keys[0]
            : throw new WeightFileException($"'{path}' holds {file.Keys.Count} tensors. Say which after a colon: --input-tensor {path}:KEY, one of {string.Join(", ", file.Keys.Take(8))}{(file.Keys.Count > 8 ? ", ..." : "")}."));
        (int[] shape, float[] values) = file.Read(key);
        if (shape is not ([3, > 0, > 0] or [1, 3, > 0, > 0]))
        {
            throw new WeightFileException($"The tensor '{key}' of '{path}' has the shape [{string.Join(',', shape)}]; an input has [3,H,W] or [1,3,H,W]. Save it in that order, normalised.");
        }

        return new ModelInput(Picture(values, shape[^2], shape[^1], mean, deviation), values);
    }

    // Backwards through the normalisation, to have something to lay the maps over.
    private static RgbImage Picture(float[] values, int height, int width, IReadOnlyList<float> mean, IReadOnlyList<float> deviation)
    {
        byte[] pixels = new byte[values.Length];
        int count = height * width;
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < count; i++)
            {
                float value = ((values[(c * count) + i] * deviation[c]) + mean[c]) * 255;
                pixels[(i * 3) + c] = (byte)Math.Clamp(MathF.Round(float.IsNaN(value) ? 0 : value), 0, 255);
            }
        }

        return new RgbImage(width, height, pixels);
    }
}
