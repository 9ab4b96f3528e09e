using TorchSharp;

namespace CAManim.Native.Engine;

/// <summary>A network in the clothes of another.</summary>
internal interface IOutputModule
{
    /// <summary>The network itself, which several engines may share.</summary>
    torch.nn.Module Network { get; }
}
