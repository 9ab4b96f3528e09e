namespace CAManim.Native.Models.Networks.Layers;

/// <summary>A layer that may be a head: its outputs are the classes, whose number the weights say.</summary>
internal interface IHead
{
    /// <summary>The number of classes of the networks of the zoo, ImageNet's.</summary>
    const int StandardClasses = 1000;

    /// <summary>Whether it is one.</summary>
    bool IsHead { get; }

    /// <summary>Whether a bias is added.</summary>
    bool HasBias { get; }

    /// <summary>Gives it parameters of another size, without values.</summary>
    /// <param name="classes">One or more.</param>
    /// <param name="hasBias">Whether a bias is added.</param>
    void SetClasses(int classes, bool hasBias);
}
