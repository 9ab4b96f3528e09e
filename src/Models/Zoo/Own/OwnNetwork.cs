using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>
/// A network of one's own as one from [N,C,H,W] to logits [N,K]: of several outputs the first [N,K] is taken, a squeezed output is put right,
/// and the input is brought to the element type of its parameters. Its modules and tensors keep their names.
/// </summary>
/// <typeparam name="TResult">What it returns.</typeparam>
internal sealed class OwnNetwork<TResult> : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, TResult> _network;
    private readonly ScalarType? _type;

    public OwnNetwork(nn.Module<Tensor, TResult> network)
        : base(network.GetType().Name)
    {
        _network = network;
        register_module("network", network);
        _type = network.parameters().Select(p => (ScalarType?)p.dtype).FirstOrDefault(t => t is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16);
    }

    public override Tensor forward(Tensor input)
    {
        ScalarType type = _type is { } own && input.is_floating_point() ? own : input.dtype;
        TResult result;
        try
        {
            result = _network.call(type == input.dtype ? input : input.to(type));
        }
        catch (Exception e) when (e is not (ExternalException or OutOfMemoryException or OperationCanceledException or NetworkException) && IsOfTheNetwork(e))
        {
            throw new NetworkException($"The forward of {name} failed for an input [{string.Join(',', input.shape)}]: {e.GetType().Name}: {e.Message}", e);
        }

        Tensor logits = Squeezed(Select(result, input), input);
        return type == input.dtype || !logits.is_floating_point() || logits.dtype == input.dtype ? logits : logits.to(input.dtype);
    }

    // The network stands in its own place: its modules and tensors keep their names.
    public override IEnumerable<(string name, nn.Module module)> named_children() => [("", _network)];

    public override IEnumerable<(string name, nn.Module module)> named_modules() => _network.named_modules();

    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) => _network.state_dict(destination, prefix);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What the engine's own hooks throw is not the network's fault.</summary>
    private static bool IsOfTheNetwork(Exception e) => e.GetType().Namespace?.StartsWith("CAManim.", StringComparison.Ordinal) != true;

    private Tensor Select(TResult result, Tensor input)
    {
        Tensor[] outputs = [.. Tensors(result)];
        return outputs.FirstOrDefault(t => t.dim() == 2 && t.shape[0] == input.shape[0]) ?? outputs.FirstOrDefault()
            ?? throw new NetworkException($"The forward of {name} returned {(result is null ? "null" : $"a {typeof(TResult).Name} without tensors")}; expected are logits [N,K].");
    }

    private static IEnumerable<Tensor> Tensors(object? result) => result switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i])),
        IDictionary map => map.Values.Cast<object?>().SelectMany(Tensors),
        IEnumerable<Tensor> list => list.Where(t => t is not null),
        _ => [],
    };

    /// <summary>[K] of one picture is [1,K]; [N] and a scalar are one class of each.</summary>
    private static Tensor Squeezed(Tensor output, Tensor input)
    {
        long images = input.shape[0];
        return output.dim() switch
        {
            0 when images == 1 => output.reshape(1, 1),
            1 when images == 1 => output.reshape(1, -1),
            1 when output.shape[0] == images => output.reshape(-1, 1),
            _ => output,
        };
    }
}
