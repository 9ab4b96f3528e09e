namespace CAManim.Native.Encoding.Text;

/// <summary>A rasterised glyph.</summary>
/// <param name="Left">Columns from the pen to the bitmap; usually negative.</param>
/// <param name="Top">Rows from the baseline up to the bitmap's first row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Advance">Columns from this pen to the next.</param>
/// <param name="Coverage">[Height,Width], 0..255.</param>
internal sealed record GlyphBitmap(int Left, int Top, int Width, int Height, int Advance, byte[] Coverage);
