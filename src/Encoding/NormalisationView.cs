namespace CAManim.Native.Encoding;

/// <summary>Which normalisation of the maps a video shows.</summary>
public enum NormalisationView
{
    /// <summary>Local and global side by side.</summary>
    Both,

    /// <summary>Every map by its own minimum and maximum: shows where.</summary>
    Local,

    /// <summary>All maps by the minimum and maximum over all layers: shows how much.</summary>
    Global,
}
