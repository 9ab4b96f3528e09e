namespace CAManim.Native.Models.Onnx.Format;

/// <summary>Where a tensor's values lie outside of the ONNX file, as the file says it.</summary>
internal sealed class ExternalPlace
{
    public string Location { get; set; } = "";

    public string Offset { get; set; } = "0";

    /// <summary>Empty: as many bytes as the tensor needs.</summary>
    public string Length { get; set; } = "";
}
