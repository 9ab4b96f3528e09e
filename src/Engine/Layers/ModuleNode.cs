using TorchSharp;

namespace CAManim.Native.Engine.Layers;

/// <summary>A module with its place in the tree.</summary>
internal sealed record ModuleNode(torch.nn.Module Module, string Name, string ModuleClass, bool IsLeaf, long Parameters, int Registration);
