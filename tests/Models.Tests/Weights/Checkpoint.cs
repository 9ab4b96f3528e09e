using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>Writes a network's weights as training programs leave them, in PyTorch's zip format.</summary>
internal sealed class Checkpoint
{
    private readonly (string Key, long[] Shape, byte[] Content)[] _tensors;

    public Checkpoint(LoadedModel model) =>
        _tensors = [.. model.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32).Select(s => (s.Key, s.Value.shape, s.Value.bytes.ToArray()))];

    /// <summary>Bytes of the storages, by the keys that <see cref="State"/> uses.</summary>
    public (string Key, byte[] Content)[] Storages => [.. _tensors.Select((t, i) => ($"{i}", t.Content))];

    /// <summary>A dictionary of all tensors.</summary>
    /// <param name="pickle">Where to.</param>
    /// <param name="rename">Key in the file; null: left out.</param>
    /// <param name="more">Items beside them.</param>
    public PickleWriter State(PickleWriter pickle, Func<string, string?> rename, Action<PickleWriter>? more = null)
    {
        pickle.Global("collections", "OrderedDict").Op(")R(");
        for (int i = 0; i < _tensors.Length; i++)
        {
            (string key, long[] shape, byte[] content) = _tensors[i];
            if (rename(key) is { } name)
            {
                pickle.Text(name).Tensor($"{i}", content.Length / 4, 0, shape, Strides(shape));
            }
        }

        more?.Invoke(pickle);
        return pickle.Op("u");
    }

    private static long[] Strides(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long next = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = next;
            next *= shape[i];
        }

        return strides;
    }
}
