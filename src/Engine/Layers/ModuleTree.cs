using TorchSharp;

namespace CAManim.Native.Engine.Layers;

/// <summary>PyTorch's <c>named_modules()</c>: depth first, parents before children, a module that is shared is named once, by its first place.</summary>
/// <remarks>TorchSharp's own <c>named_modules</c> leaves out the root and lists a Sequential's children before their children.</remarks>
internal static class ModuleTree
{
    public static IReadOnlyList<ModuleNode> Walk(torch.nn.Module root)
    {
        List<ModuleNode> nodes = [];
        HashSet<torch.nn.Module> seen = new(ReferenceEqualityComparer.Instance);
        Visit(root, "", nodes, seen);
        return nodes;
    }

    private static void Visit(torch.nn.Module module, string name, List<ModuleNode> nodes, HashSet<torch.nn.Module> seen)
    {
        if (!seen.Add(module))
        {
            return;
        }

        (string name, torch.nn.Module module)[] children = [.. module.named_children()];
        long parameters = module.parameters().Sum(p => p.numel());
        nodes.Add(new ModuleNode(module, name, ClassOf(module), children.Length == 0, parameters, nodes.Count));
        foreach ((string childName, torch.nn.Module child) in children)
        {
            Visit(child, name.Length == 0 ? childName : $"{name}.{childName}", nodes, seen);
        }
    }

    // TorchSharp's modules report what their C++ side calls them; their type names are PyTorch's.
    private static string ClassOf(torch.nn.Module module)
    {
        Type type = module.GetType();
        return type.Assembly == typeof(torch).Assembly ? type.Name : module.GetName();
    }
}
