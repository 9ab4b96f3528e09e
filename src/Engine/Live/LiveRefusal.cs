using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Engine.Live;

/// <summary>Why a method is not live.</summary>
internal static class LiveRefusal
{
    /// <returns>What the method does, after its name; null where it is live.</returns>
    public static string? Of(MapMethod method) => method.Description switch
    {
        { ForwardsPerChannel: > 0 } => "runs the network again for every channel",
        { ForwardsPerPosition: > 0 } => "runs the network again for every position",
        { ForwardsPerLayer: > 0 } => "runs the network again for every layer",
        { Method: CamMethod.FinerCAM } => "is another method of a target of its own ('finer' or 'finer:CLASS', which GradCAM takes here)",
        { IsMadeOfOthers: true } => "is made of other methods' maps once those of all layers are there",
        { IsForSomeLayers: true } => "has maps of the layers with a bias only, and sums them up",
        _ => method is LayerMethod ? null : "does not go layer by layer",
    };
}
