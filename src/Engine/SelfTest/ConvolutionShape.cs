namespace CAManim.Native.Engine.SelfTest;

/// <summary>A convolution of the self-test: as many groups, padded by half the kernel.</summary>
/// <param name="InputChannels">C of the input.</param>
/// <param name="OutputChannels">C of the output.</param>
/// <param name="Kernel">Side of the kernel, odd.</param>
/// <param name="Stride">Step.</param>
/// <param name="Groups">Groups.</param>
internal readonly record struct ConvolutionShape(int InputChannels, int OutputChannels, int Kernel, int Stride = 1, int Groups = 1)
{
    /// <summary>Rows and columns of zeros around the image.</summary>
    public int Padding => Kernel / 2;

    /// <summary>Side of the output of an image of this side.</summary>
    public int OutputSide(int side) => ((side + (2 * Padding) - Kernel) / Stride) + 1;
}
