namespace CAManim.Native.Engine.Perturbation;

/// <summary>How one image becomes a batch at a layer, from the cheapest to the one that always works.</summary>
internal enum WideningMode
{
    /// <summary>One image up to the layer; what joins later, such as a shortcut, is broadcast.</summary>
    Broadcast,

    /// <summary>The input is a batch of views of one image; modules before the layer compute one image and repeat it as views, so that concatenations find a batch.</summary>
    Narrowed,

    /// <summary>The whole batch runs from the start.</summary>
    Repeated,
}
