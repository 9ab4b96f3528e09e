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
        Maps = new TapMap[run.Passes][][];
    }

    /// <summary>Number of the module's call, from 0.</summary>
    public int Call { get; }

    /// <summary>Maps by pass, method and image; null for a pass as long as its gradient has not arrived.</summary>
    public TapMap[][]?[] Maps { get; }

    /// <summary>A later call with the same activation and gradient, a container's for its last child, or null.</summary>
    public LayerTap? Twin { get; set; }

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
