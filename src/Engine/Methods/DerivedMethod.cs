using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Engine.Methods;

/// <summary>A method whose maps are made of the maps of other methods, its components.</summary>
internal abstract class DerivedMethod : MapMethod
{
    /// <summary>The methods that are computed.</summary>
    public abstract IReadOnlyList<CamMethod> Components(CamOptions options);

    /// <summary>What the components explain where <paramref name="target"/> was asked for.</summary>
    public virtual Target Retarget(Target target, CamOptions options) => target;

    /// <summary>The maps of one image.</summary>
    /// <param name="components">The components' results, in their order.</param>
    /// <param name="options">What was asked for.</param>
    public abstract CamResult Combine(IReadOnlyList<CamResult> components, CamOptions options);
}
