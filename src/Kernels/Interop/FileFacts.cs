namespace CAManim.Native.Kernels.Interop;

/// <summary>What the system says of an open file.</summary>
/// <param name="Owner">Number of the user.</param>
/// <param name="Mode">Kind and permissions.</param>
/// <param name="Names">How many names it has.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FileFacts(uint Owner, ushort Mode, uint Names, long Length)
{
    private const int KindBits = 0xF000;
    private const int Fifo = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int Folder = 0x4000;
    private const int BlockDevice = 0x6000;
    private const int Regular = 0x8000;
    private const int WritableByOthers = 0x12; // group and others

    /// <summary>Whether it is a file of bytes: no FIFO, device, socket or folder.</summary>
    public bool IsRegular => (Mode & KindBits) == Regular;

    /// <summary>What it is where it is no file of bytes, else null.</summary>
    public string? OtherKind => (Mode & KindBits) switch
    {
        Regular => null,
        Folder => "a folder",
        Fifo => "a pipe (FIFO)",
        CharacterDevice or BlockDevice => "a device",
        _ => "a socket",
    };

    /// <summary>Whether group or others may write to it.</summary>
    public bool IsWritableByOthers => (Mode & WritableByOthers) != 0;

    /// <summary>The permissions as chmod takes them.</summary>
    public string Permissions => Convert.ToString(Mode & 0xFFF, 8).PadLeft(4, '0');
}
