using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>How a module's output becomes [N,C,h,w].</summary>
internal abstract record OutputLayout
{
    /// <summary>[N,C,h,w] already.</summary>
    public static OutputLayout ChannelsFirst { get; } = new ChannelsFirstLayout();

    /// <summary>[N,h,w,C], as Swin transformers have it.</summary>
    public static OutputLayout ChannelsLast { get; } = new ChannelsLastLayout();

    /// <summary>[N,T,C] with T = prefix + h·w; class and register tokens come first and are left out.</summary>
    public static OutputLayout Tokens(int prefix, int height, int width) => new TokenLayout(prefix, height, width);

    /// <summary>[N,C,T] with T = h·w.</summary>
    public static OutputLayout ChannelTokens(int height, int width) => new ChannelTokenLayout(height, width);

    /// <summary>The view [N,C,h,w] of an activation or a gradient.</summary>
    public abstract Tensor Fold(Tensor tensor);

    /// <summary>The view of one channel of one image, class tokens included: writing to it changes <paramref name="tensor"/>.</summary>
    public virtual Tensor Channel(Tensor tensor, int image, int channel)
    {
        using Tensor one = tensor.select(0, image);
        return one.select(one.dim() - 1, channel);
    }

    private record ChannelsFirstLayout : OutputLayout
    {
        public override Tensor Fold(Tensor tensor) => tensor;

        public sealed override Tensor Channel(Tensor tensor, int image, int channel)
        {
            using Tensor one = tensor.select(0, image);
            return one.select(0, channel);
        }
    }

    private sealed record ChannelTokenLayout(int Height, int Width) : ChannelsFirstLayout
    {
        public override Tensor Fold(Tensor tensor) => tensor.reshape(tensor.shape[0], tensor.shape[1], Height, Width);
    }

    private sealed record ChannelsLastLayout : OutputLayout
    {
        public override Tensor Fold(Tensor tensor) => tensor.permute(0, 3, 1, 2);
    }

    private sealed record TokenLayout(int Prefix, int Height, int Width) : OutputLayout
    {
        public override Tensor Fold(Tensor tensor)
        {
            using Tensor patches = tensor.narrow(1, Prefix, Height * Width);
            using Tensor channelsFirst = patches.transpose(1, 2);
            return channelsFirst.reshape(tensor.shape[0], tensor.shape[2], Height, Width);
        }
    }
}
