using CAManim.Native.Engine.Layers;
using TorchSharp;

namespace CAManim.Native.Engine.Capture;

/// <summary>A tap of one run: its maps, one for each image of the batch.</summary>
internal sealed class LayerTap : Tap
{
    private readonly CaptureRun _run;

    public LayerTap(CaptureRun run, ModuleNode node, string name, int call, OutputLayout layout, bool isCloning)
        : base(node, name, layout, isCloning)
    {
        _run = run;
        Call = call;
        Bias = new ImplicitBias(node.Module, node.ModuleClass);
        Maps = new TapMap[run.Passes][][];
    }

    /// <summary>All modules of the network.</summary>
    public IReadOnlyList<ModuleNode> Nodes => _run.Nodes;

    /// <summary>Whether this is the network's input, no module's output.</summary>
    public bool IsInput => Node.Registration < 0;

    /// <summary>The module's bias.</summary>
    public ImplicitBias Bias { get; }

    /// <summary>C.</summary>
    public int Channels { get; private set; }

    /// <summary>Whether the module returned tokens [N,T,C].</summary>
    public bool HasTokens { get; private set; }

    /// <summary>Why a method of the run has no map here, or null.</summary>
    public string?[] SkipReasons { get; private set; } = [];

    /// <summary>Number of the module's call, from 0.</summary>
    public int Call { get; }

    /// <summary>Maps by pass, method and image; null for a pass as long as its gradient has not arrived.</summary>
    public TapMap[][]?[] Maps { get; }

    /// <summary>A later call with the same activation and gradient, a container's for its last child, or null.</summary>
    public LayerTap? Twin { get; set; }

    /// <summary>Notes what methods ask about before they say whether they have a map here.</summary>
    public void Describe(torch.Tensor output)
    {
        using torch.Tensor values = output.detach();
        using torch.Tensor folded = Layout.Fold(values).alias();
        (Channels, HasTokens) = ((int)folded.shape[1], values.dim() == 3);
        SkipReasons = _run.FindSkipReasons(this);
    }

    protected override bool Reduce(torch.Tensor activation, torch.Tensor gradient) => _run.Reduce(this, activation, gradient);

    // Handles and activation are needed until the last pass.
    protected override void Release()
    {
        if (_run.IsLastPass)
        {
            ReleaseHandles();
            if (!_run.KeepsActivations)
            {
                ReleaseActivation();
            }
        }
    }

    protected override void DisposeOwn(torch.Tensor? tensor) => _run.DisposeOwn(tensor);
}
