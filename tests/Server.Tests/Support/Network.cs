using CAManim.Native.Models;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>The drawn scenes' network, loaded once.</summary>
public sealed class Network : IDisposable
{
    private readonly LoadedModel _model = ModelZoo.Create("demo_scenes", "default");

    public Network() => Served = new ServedModel(_model, "default");

    public ServedModel Served { get; }

    public void Dispose() => _model.Dispose();
}
