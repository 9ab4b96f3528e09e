using CAManim.Native.Engine.Methods.Components;

namespace CAManim.Native.Engine.Methods;

/// <summary>The family of methods that project a layer's positions on the first principal component of its channels.</summary>
/// <param name="factor">What an activation is multiplied by.</param>
internal abstract class EigenMethod(GradientFactor factor) : LayerMethod
{
    public override void Reduce(in LayerTensors layer, Span<float> signedMap)
    {
        float[] strength = new float[signedMap.Length];
        PrincipalComponent.Project(layer, factor, strength, signedMap);
        ChooseSign(signedMap, strength);
    }

    /// <summary>Turns the component so that it shows where the layer is active.</summary>
    protected virtual void ChooseSign(Span<float> projection, ReadOnlySpan<float> strength) => ComponentSign.FollowStrength(projection, strength);
}
