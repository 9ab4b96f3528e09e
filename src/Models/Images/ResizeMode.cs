namespace CAManim.Native.Models.Images;

/// <summary>How an image is brought to the network's input size.</summary>
public enum ResizeMode
{
    /// <summary>To a square, its proportions ignored, as OpenCV's INTER_LINEAR; what the paper does.</summary>
    Stretch,

    /// <summary>The shorter side to 256/224 of the size, antialiased as PIL does, then the square in the middle; what torchvision does.</summary>
    Crop,

    /// <summary>Not at all; what the paper advises for medical images.</summary>
    Keep,
}
