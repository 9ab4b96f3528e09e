using CAManim.Native.Engine.Layers;
using TorchSharp;

namespace CAManim.Native.Engine.Capture;

/// <summary>One kept module call: its activation until the gradient arrives, then its maps, one for each image of the batch.</summary>
internal sealed class LayerTap : IDisposable
{
    private readonly CaptureRun _run;
    private readonly OutputLayout _layout;
    private torch.Tensor? _activation;
    private torch.Tensor? _output;
    private torch.Tensor? _passedOn;

    public LayerTap(CaptureRun run, ModuleNode node, string name, OutputLayout layout, bool isCloning)
    {
        _run = run;
        Node = node;
        Name = name;
        IsCloning = isCloning;
        _layout = layout;
    }

    public ModuleNode Node { get; }

    /// <summary>Qualified name with the number of the call.</summary>
    public string Name { get; }

    /// <summary>Whether what follows gets a copy, so that in-place operations do not reach the activation.</summary>
    public bool IsCloning { get; }

    /// <summary>A map for each image, or null as long as no gradient arrived.</summary>
    public TapMap[]? Maps { get; set; }

    /// <summary>Puts the tap behind <paramref name="output"/> and returns what the network goes on with.</summary>
    public torch.Tensor Attach(torch.Tensor output)
    {
        _activation = output.detach().DetachFromDisposeScope();
        _output = output;

        // Nothing before it is tapped: the graph starts here, and what lies before costs no backward.
        IsSource = !output.requires_grad;
        if (IsSource)
        {
            using torch.Tensor leaf = output.detach().requires_grad_(true);
            _passedOn = TapFunction.Insert(leaf, this);
        }
        else
        {
            _passedOn = TapFunction.Insert(output, this);
        }

        return _passedOn;
    }

    private bool IsSource { get; set; }

    /// <summary>Reduces activation and gradient to maps and lets both go.</summary>
    /// <returns>Whether the gradient is to run on to what lies before.</returns>
    public bool Receive(torch.Tensor gradient)
    {
        if (_activation is null || gradient is null || gradient.IsInvalid)
        {
            return false;
        }

        bool goesOn = _run.Reduce(this, _layout, _activation, gradient) && !IsSource;
        Release();
        return goesOn;
    }

    public void Dispose() => Release();

    // The forward is over: the handles that the network got are of no more use to it, and each holds memory.
    private void Release()
    {
        _activation?.Dispose();
        _activation = null;
        _run.DisposeOwn(_output);
        _output = null;
        _run.DisposeOwn(_passedOn);
        _passedOn = null;
    }
}
