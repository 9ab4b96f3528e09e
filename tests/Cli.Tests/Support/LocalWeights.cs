using CAManim.Native.Models;
using CAManim.Native.Models.Tests.Weights;
using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>Weight files of cifar10_resnet20, made here.</summary>
internal static class LocalWeights
{
    public static byte[] SafeTensors(TestFolder folder)
    {
        string path = folder.File("made.safetensors");
        SafeTensorsWriter.Write(path, [.. State().Select(s => SafeTensor.Of(s.Key, s.Shape, s.Values))]);
        return File.ReadAllBytes(path);
    }

    /// <summary>As torch.save writes it since 1.6.</summary>
    public static byte[] TorchZip()
    {
        (string Key, int[] Shape, float[] Values)[] state = State();
        byte[] pickle = PickleWriter.Of(w =>
        {
            w.Global("collections", "OrderedDict").Op(")R(");
            for (int i = 0; i < state.Length; i++)
            {
                long[] shape = [.. state[i].Shape.Select(d => (long)d)];
                long[] stride = [.. shape.Select((_, k) => shape[(k + 1)..].Aggregate(1L, (product, d) => product * d))];
                w.Text(state[i].Key).Tensor(i.ToString(), state[i].Values.Length, 0, shape, stride);
            }

            w.Op("u");
        });
        (string, byte[])[] storages = [.. state.Select((s, i) => ($"archive/data/{i}", WeightFiles.Floats(s.Values)))];
        return WeightFiles.Zip(System.IO.Compression.CompressionLevel.NoCompression, [("archive/data.pkl", pickle), .. storages, ("archive/version", "3\n"u8.ToArray())]);
    }

    private static (string Key, int[] Shape, float[] Values)[] State()
    {
        using LoadedModel model = ModelZoo.Create("cifar10_resnet20", "rule:camanim");
        return [.. model.Module.state_dict()
            .Where(s => s.Value.dtype == ScalarType.Float32)
            .Select(s => (s.Key, (int[])[.. s.Value.shape.Select(d => (int)d)], s.Value.data<float>().ToArray()))];
    }
}
