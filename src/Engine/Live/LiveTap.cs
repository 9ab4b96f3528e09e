using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using TorchSharp;

namespace CAManim.Native.Engine.Live;

/// <summary>A tap that is used again by every frame, with the map that it fills.</summary>
internal sealed class LiveTap(LiveCapture capture, ModuleNode node, string name, OutputLayout layout, bool isCloning) : Tap(node, name, layout, isCloning)
{
    /// <summary>Made with the first gradient.</summary>
    public LiveMap? Map { get; set; }

    /// <summary>The frame whose gradient arrived last.</summary>
    public long Frame { get; set; }

    protected override bool Reduce(torch.Tensor activation, torch.Tensor gradient) => capture.Reduce(this, activation, gradient);

    protected override void Release()
    {
        ReleaseHandles();
        ReleaseActivation();
    }

    protected override void DisposeOwn(torch.Tensor? tensor) => capture.DisposeOwn(tensor);
}
