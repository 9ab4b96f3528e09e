using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Models.Weights;

/// <summary>A tensor that lies row-major in a file; read straight into where it is wanted.</summary>
internal sealed class FileWeightSource(SafeFileHandle file, long start, string path) : WeightSource
{
    public override void Read(long offset, Span<byte> destination)
    {
        long position = start + offset;
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(file, destination, position);
            if (count == 0)
            {
                throw new WeightFileException($"{path} ended at byte {position} while a tensor was read: the file became shorter since it was opened.");
            }

            destination = destination[count..];
            position += count;
        }
    }
}
