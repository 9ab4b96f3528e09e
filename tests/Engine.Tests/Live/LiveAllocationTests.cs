using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Live;

/// <summary>A frame takes no managed memory but what TorchSharp allocates in the same calls.</summary>
public sealed class LiveAllocationTests
{
    private const int Windows = 5;

    [Theory]
    [InlineData("demo_scenes", 128)]
    [InlineData("resnet18", 64)]
    public void OnlyTorchSharpAllocates(string name, int size)
    {
        using LoadedModel network = Load(name);
        using LoadedModel same = Load(name);
        manual_seed(3);
        using Tensor input = randn(1, 3, size, size);
        float[] values = input.data<float>().ToArray();
        Bare bare = new(same.Module, size);
        using LiveSession session = new(network.Module, 3, size, size, new CamOptions { Method = CamMethod.LayerCAM });
        long torch = LeastBytes(bare.Run);
        long live = LeastBytes(() => session.Process(values));
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {session.Process(values).Maps.Count} maps, {live} bytes a frame, of which TorchSharp's calls take {torch}");
        Assert.True(torch > 0);
        Assert.True(live <= torch, $"{name}: a frame takes {live} bytes, TorchSharp's calls alone {torch}");
    }

    private static LoadedModel Load(string name) => ModelZoo.Create(name, name.StartsWith("demo", StringComparison.Ordinal) ? "default" : "rule:camanim");

    // The first makes what stays; the runtime's own allocations are not in every one.
    private static long LeastBytes(Action frame)
    {
        long least = long.MaxValue;
        for (int window = 0; window < Windows; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            frame();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>The calls into TorchSharp that a frame makes, and nothing else.</summary>
    private sealed class Bare
    {
        private readonly nn.Module<Tensor, Tensor> _model;
        private readonly Tensor _input;
        private readonly List<BareTap> _taps = [];
        private int _position;

        public Bare(nn.Module<Tensor, Tensor> model, int size)
        {
            (_model, _input) = (model, zeros(1, 3, size, size));
            foreach (ModuleNode node in ModuleTree.Walk(model))
            {
                ModuleHook.Register(node.Module, null, output => Scope is null ? output : Leave(node, output));
            }

            foreach (var parameter in model.parameters())
            {
                parameter.requires_grad = false;
            }
        }

        public DisposeScope? Scope { get; private set; }

        public Tensor? Held { get; set; }

        public void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable recording = inference_mode(false);
            using IDisposable gradients = enable_grad();
            (Scope, _position) = (scope, 0);
            _ = _input.bytes;
            Tensor output = _model.call(_input.detach());
            _ = OutputShape.AsFloats(output.detach()).bytes;
            output[0][0].backward();
            _taps.ForEach(static tap => tap?.Dispose());
            Held!.Dispose();
            Scope = null;
        }

        private Tensor Leave(ModuleNode node, Tensor output)
        {
            int position = _position++;
            if (position == _taps.Count)
            {
                _taps.Add(new OutputShape(1, _input.shape[2], _input.shape[3]).FindSkipReason(output, default, out OutputLayout layout) is null ? new BareTap(this, node, layout) : null!);
            }

            return _taps[position] is { } tap ? tap.Attach(output) : output;
        }
    }

    private sealed class BareTap(Bare bare, ModuleNode node, OutputLayout layout) : Tap(node, node.Name, layout, isCloning: false)
    {
        protected override bool Reduce(Tensor activation, Tensor gradient)
        {
            using DisposeScope scope = NewDisposeScope();
            _ = OutputShape.AsFloats(Layout.Fold(activation)).bytes;
            _ = OutputShape.AsFloats(Layout.Fold(gradient)).bytes;
            bare.Held?.Dispose();
            bare.Held = gradient.alias().DetachFromDisposeScope();
            return true;
        }

        protected override void Release()
        {
            ReleaseHandles();
            ReleaseActivation();
        }

        protected override void DisposeOwn(Tensor? tensor)
        {
            if (tensor is not null && bare.Scope!.Contains(tensor))
            {
                tensor.Dispose();
            }
        }
    }
}
