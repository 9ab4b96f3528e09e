using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Engine.Methods;

/// <summary>What is computed for what was asked: methods that are made of others stand for their components, each with its own targets.</summary>
internal sealed class MethodPlan
{
    private readonly CamOptions _options;
    private readonly List<MapMethod> _methods = [];
    private readonly List<Target[]> _passes = [];
    private readonly HashSet<(int Pass, int Method)> _needed = [];
    private readonly Entry[][] _asked;

    /// <param name="methods">What was asked for.</param>
    /// <param name="passes">A target for each image, as often as was asked for.</param>
    /// <param name="options">What else was asked for.</param>
    /// <exception cref="CamException">A component is itself made of others, or there is none.</exception>
    public MethodPlan(IReadOnlyList<CamMethod> methods, Target[][] passes, CamOptions options)
    {
        _options = options;
        _asked = [.. passes.Select(pass => methods.Select(method => Plan(CamMethods.Find(method), pass)).ToArray())];
        Methods = [.. _methods];
        Passes = [.. _passes];
    }

    /// <summary>Methods that are computed.</summary>
    public MapMethod[] Methods { get; }

    /// <summary>Targets of each image, one backward each.</summary>
    public Target[][] Passes { get; }

    /// <summary>Whether a method's maps of a pass are wanted.</summary>
    public bool Needs(int pass, int method) => _needed.Contains((pass, method));

    /// <summary>results[pass][method][image] of what was asked for.</summary>
    /// <param name="images">N.</param>
    /// <param name="collect">The result of a computed pass, method and image.</param>
    public CamResult[][][] Collect(int images, Func<int, int, int, CamResult> collect) =>
        [.. _asked.Select(ofPass => ofPass.Select(entry => Enumerable.Range(0, images).Select(n => Collect(entry, n, collect)).ToArray()).ToArray())];

    private CamResult Collect(Entry entry, int image, Func<int, int, int, CamResult> collect)
    {
        CamResult[] parts = [.. entry.Parts.Select(part => collect(part.Pass, part.Method, image))];
        return entry.Method is DerivedMethod derived ? derived.Combine(parts, _options) with { Method = derived.Description.Method } : parts[0];
    }

    private Entry Plan(MapMethod method, Target[] pass)
    {
        if (method is not DerivedMethod derived)
        {
            return new Entry(method, [Need(method, pass)]);
        }

        string name = derived.Description.Name;
        MapMethod[] components = [.. derived.Components(_options).Select(CamMethods.Find)];
        if (components.Length == 0 || components.FirstOrDefault(c => c is DerivedMethod) is not null)
        {
            string found = components.Length == 0 ? "none" : components.First(c => c is DerivedMethod).Description.Name;
            throw new CamException($"{name} was to be made of {found}; it is made of one or more methods that stand by themselves, such as GradCAM.");
        }

        // Versions of one image share a target, and go on sharing it.
        Dictionary<Target, Target> known = new(ReferenceEqualityComparer.Instance);
        Target[] targets = [.. pass.Select(t => known.TryGetValue(t, out Target? other) ? other : known[t] = derived.Retarget(t, _options))];
        return new Entry(method, [.. components.Select(c => Need(c, targets))]);
    }

    private (int Pass, int Method) Need(MapMethod method, Target[] pass)
    {
        int p = _passes.FindIndex(known => known.AsSpan().SequenceEqual(pass));
        if (p < 0)
        {
            p = _passes.Count;
            _passes.Add(pass);
        }

        int m = _methods.IndexOf(method);
        if (m < 0)
        {
            m = _methods.Count;
            _methods.Add(method);
        }

        _needed.Add((p, m));
        return (p, m);
    }

    private sealed record Entry(MapMethod Method, (int Pass, int Method)[] Parts);
}
