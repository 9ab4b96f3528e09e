using System.Runtime.CompilerServices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Kernels.Outputs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>
/// Reads the logits of a network's forward calls: what goes into a Sigmoid, Softmax or LogSoftmax module at its very end, else its output.
/// Hooks stay on until it is disposed.
/// </summary>
/// <remarks>Which module ends a network is found by its first call; networks without such modules are not hooked at all.</remarks>
internal sealed class LogitReader : IDisposable
{
    // Null: none ends it.
    private static readonly ConditionalWeakTable<nn.Module, StrongBox<nn.Module?>> Known = [];

    private readonly nn.Module _model;
    private readonly List<Action> _removals = [];

    // Handles of our own, so that no other tensor comes to lie where an output was.
    private readonly List<(nn.Module Module, Tensor Input, Tensor Output)> _calls = [];

    public LogitReader(nn.Module model, IReadOnlyList<ModuleNode> nodes)
    {
        _model = model;
        FinalActivation = model is IActivatedNetwork network ? network.FinalActivation : ScoreActivation.Auto;
        IEnumerable<nn.Module> candidates = Known.TryGetValue(model, out StrongBox<nn.Module?>? final)
            ? final.Value is { } one ? [one] : []
            : nodes.Select(n => n.Module).Where(m => ActivationOf(m) != ScoreActivation.Auto);
        foreach (nn.Module module in candidates)
        {
            if (module is nn.Module<Tensor, Tensor> function)
            {
                _removals.Add(function.register_forward_hook((_, input, output) => Note(module, input, output)).remove);
            }
        }
    }

    /// <summary>Whether calls are looked at. Default: yes.</summary>
    public bool IsListening { get; set; } = true;

    /// <summary>What the network ends in, after the first call; <see cref="ScoreActivation.Auto"/> where that is not known.</summary>
    public ScoreActivation FinalActivation { get; private set; }

    /// <summary>The logits of the call that has just returned, [N,K] where the output is a row an image; what is squeezed has its dimensions back.</summary>
    /// <param name="output">What the network returned.</param>
    /// <param name="images">N.</param>
    public Tensor Read(Tensor output, long images)
    {
        Tensor logits = _removals.Count == 0 ? output : BeforeFinal(output);
        return logits.dim() switch
        {
            0 when images == 1 => logits.reshape(1, 1),
            1 when images == 1 => logits.reshape(1, -1),
            1 when logits.shape[0] == images => logits.reshape(images, 1),
            _ => logits,
        };
    }

    public void Dispose()
    {
        _removals.ForEach(remove => remove());
        Forget();
    }

    // Apart, since what the search captures is allocated on entry.
    private Tensor BeforeFinal(Tensor output)
    {
        nint address = TensorMemory.AddressOf(output);
        int final = _calls.FindLastIndex(c => c.Output.numel() == output.numel() && TensorMemory.AddressOf(c.Output) == address);
        Known.TryAdd(_model, new StrongBox<nn.Module?>(final < 0 ? null : _calls[final].Module));
        Tensor logits = output;
        if (final >= 0)
        {
            // A module that works in place has written over its input.
            bool isInPlace = TensorMemory.AddressOf(_calls[final].Input) == address;
            FinalActivation = isInPlace ? ScoreActivation.None : ActivationOf(_calls[final].Module);
            logits = isInPlace ? output : _calls[final].Input.reshape(output.shape);
        }

        Forget();
        return logits;
    }

    private static ScoreActivation ActivationOf(nn.Module module) => module switch
    {
        Sigmoid => ScoreActivation.Sigmoid,
        TorchSharp.Modules.Softmax or LogSoftmax => ScoreActivation.Softmax,
        _ => ScoreActivation.Auto,
    };

    // The caller's handles may go before the forward is over. Gates and attention inside of the network have positions, or are few.
    private Tensor Note(nn.Module module, Tensor input, Tensor output)
    {
        if (IsListening && (output.dim() <= 2 || output.numel() == output.shape[0] * output.shape[1]))
        {
            _calls.Add((module, input.alias().DetachFromDisposeScope(), output.alias().DetachFromDisposeScope()));
        }

        return output;
    }

    private void Forget()
    {
        foreach ((_, Tensor input, Tensor output) in _calls)
        {
            input.Dispose();
            output.Dispose();
        }

        _calls.Clear();
    }
}
