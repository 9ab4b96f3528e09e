using TorchSharp;
using TorchSharp.Modules;

namespace CAManim.Native.Engine.Capture;

/// <summary>Puts a network into evaluation mode without parameter gradients, and back as it was when disposed.</summary>
internal sealed class ModelState : IDisposable
{
    private readonly List<(torch.nn.Module Module, bool IsTraining)> _training = [];
    private readonly List<Parameter> _requiringGradients = [];

    public ModelState(torch.nn.Module root, IEnumerable<torch.nn.Module> modules)
    {
        foreach (torch.nn.Module module in modules)
        {
            _training.Add((module, module.training));
        }

        if (_training.Any(entry => entry.IsTraining))
        {
            root.eval();
        }
        else
        {
            _training.Clear();
        }

        foreach (Parameter parameter in root.parameters())
        {
            if (parameter.requires_grad)
            {
                _requiringGradients.Add(parameter);
                parameter.requires_grad = false;
            }
        }
    }

    public void Dispose()
    {
        foreach (Parameter parameter in _requiringGradients)
        {
            parameter.requires_grad = true;
        }

        // Parents come first: train() reaches all children, whose own flag then follows.
        foreach ((torch.nn.Module module, bool isTraining) in _training)
        {
            module.train(isTraining);
        }
    }
}
