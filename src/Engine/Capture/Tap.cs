using CAManim.Native.Engine.Layers;
using TorchSharp;

namespace CAManim.Native.Engine.Capture;

/// <summary>One kept module call: its activation until the gradient arrives.</summary>
internal abstract class Tap : IDisposable
{
    private readonly object[] _arguments;
    private torch.Tensor? _activation;
    private torch.Tensor? _output;
    private torch.Tensor? _passedOn;

    protected Tap(ModuleNode node, string name, OutputLayout layout, bool isCloning)
    {
        (Node, Name, Layout, IsCloning) = (node, name, layout, isCloning);
        _arguments = [null!, this];
    }

    public ModuleNode Node { get; }

    /// <summary>Qualified name with the number of the call.</summary>
    public string Name { get; }

    /// <summary>How the output becomes [N,C,h,w].</summary>
    public OutputLayout Layout { get; }

    /// <summary>Whether what follows gets a copy, so that in-place operations do not reach the activation.</summary>
    public bool IsCloning { get; }

    /// <summary>What the module returned; null once it was let go.</summary>
    public torch.Tensor? Activation => _activation;

    /// <summary>What backward answers with; one list a tap, so that no frame makes another.</summary>
    public List<torch.Tensor> Answer { get; } = [null!, null!];

    private bool IsSource { get; set; }

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
            _passedOn = Insert(leaf);
        }
        else
        {
            _passedOn = Insert(output);
        }

        return _passedOn;
    }

    /// <summary>Reduces activation and gradient, and lets go of what is of no more use.</summary>
    /// <returns>Whether the gradient is to run on to what lies before.</returns>
    public bool Receive(torch.Tensor gradient)
    {
        if (_activation is null || gradient is null || gradient.IsInvalid)
        {
            return false;
        }

        bool goesOn = Reduce(_activation, gradient) && !IsSource;
        Release();
        return goesOn;
    }

    public void Dispose()
    {
        ReleaseHandles();
        ReleaseActivation();
    }

    /// <summary>Makes the maps; throws nothing, for it is called from native frames.</summary>
    /// <returns>Whether the run goes on.</returns>
    protected abstract bool Reduce(torch.Tensor activation, torch.Tensor gradient);

    /// <summary>Called after each reduction.</summary>
    protected abstract void Release();

    /// <summary>Disposes a handle where it was made during this run; others belong to the network.</summary>
    protected abstract void DisposeOwn(torch.Tensor? tensor);

    protected void ReleaseActivation()
    {
        _activation?.Dispose();
        _activation = null;
    }

    // The forward is over: the handles that the network got are of no more use to it, and each holds memory.
    protected void ReleaseHandles()
    {
        DisposeOwn(_output);
        _output = null;
        DisposeOwn(_passedOn);
        _passedOn = null;
        Answer[0] = null!;
    }

    private torch.Tensor Insert(torch.Tensor output)
    {
        _arguments[0] = output;
        torch.Tensor passedOn = TapFunction.Insert(_arguments);
        _arguments[0] = null!;
        return passedOn;
    }
}
