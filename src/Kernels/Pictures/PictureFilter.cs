namespace CAManim.Native.Kernels.Pictures;

/// <summary>How pixels are weighted by their distance when a picture is scaled by <see cref="AntialiasedResize"/>.</summary>
public enum PictureFilter
{
    /// <summary>1 - |x| up to 1; PIL's BILINEAR.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5 up to 2; PIL's BICUBIC.</summary>
    Bicubic,
}
