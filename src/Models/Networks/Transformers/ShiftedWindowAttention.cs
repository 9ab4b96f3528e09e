using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using Linear = CAManim.Native.Models.Networks.Layers.Linear;
using Sequential = CAManim.Native.Models.Networks.Layers.Sequential;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>
/// Attention inside windows of a map [N,h,w,C] (Liu 2021). Version 2 (Liu 2022) compares by cosine and computes the positions' bias by a
/// small network. The projections are functions of weights in torchvision, not layers, so they are run without <c>call</c>.
/// </summary>
internal sealed class ShiftedWindowAttention : Block
{
    private readonly int _window;
    private readonly int _shift;
    private readonly int _heads;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter? relative_position_bias_table;
    private readonly Parameter? logit_scale;
    private readonly Tensor? relative_coords_table;
    private readonly Tensor relative_position_index;
    private readonly Linear _qkv;
    private readonly Linear _proj;
    private readonly Sequential? _positions;

    public ShiftedWindowAttention(int channels, int heads, int window, int shift, bool isVersion2)
        : base(isVersion2 ? "ShiftedWindowAttentionV2" : nameof(ShiftedWindowAttention))
    {
        (_window, _shift, _heads) = (window, shift, heads);
        int side = (2 * window) - 1;
        if (isVersion2)
        {
            logit_scale = AddParameter("logit_scale", heads, 1, 1);
            register_buffer("relative_coords_table", relative_coords_table = RelativePosition.LogarithmicCoordinates(window));
        }
        else
        {
            relative_position_bias_table = AddParameter("relative_position_bias_table", side * side, heads);
        }

        register_buffer("relative_position_index", relative_position_index = RelativePosition.Index(window));
        _qkv = Add("qkv", new Linear(channels, 3 * channels));
        _proj = Add("proj", new Linear(channels, channels));
        _positions = isVersion2 ? Add("cpb_mlp", new Sequential(new Linear(2, 512), Function.ReLU(), new Linear(512, heads, hasBias: false))) : null;
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor bias = PositionBias();
        var window = new ShiftedWindow(input.shape[1], input.shape[2], _window, _shift);
        using Tensor windows = window.Split(input);
        using Tensor attended = Attend(windows, bias, window);
        using Tensor projected = _proj.forward(attended);
        return window.Join(projected);
    }

    private Tensor PositionBias()
    {
        if (_positions is null)
        {
            return RelativePosition.Bias(relative_position_bias_table!, relative_position_index, _window);
        }

        using Tensor computed = _positions.call(relative_coords_table!);
        using Tensor table = computed.view(-1, _heads);
        using Tensor bias = RelativePosition.Bias(table, relative_position_index, _window);
        using Tensor squashed = bias.sigmoid();
        return squashed.TimesSixteen();
    }

    private Tensor Attend(Tensor windows, Tensor bias, ShiftedWindow window)
    {
        using DisposeScope scope = NewDisposeScope();
        (long count, long tokens, long channels) = (windows.shape[0], windows.shape[1], windows.shape[2]);
        Tensor split = nn.functional.linear(windows, _qkv.Weight, JointBias(channels)).view(count, tokens, 3, _heads, channels / _heads).permute(2, 0, 3, 1, 4);
        Tensor scores = Scores(split.select(0, 0), split.select(0, 1)).Plus(bias);
        if (window.IsShifted)
        {
            Tensor mask = window.Mask().to(scores.dtype, scores.device);
            scores = scores.view(count / window.Count, window.Count, _heads, tokens, tokens).Plus(mask.unsqueeze(0)).view(-1, _heads, tokens, tokens);
        }

        return scores.softmax(-1).matmul(split.select(0, 2)).transpose(1, 2).reshape(count, tokens, channels).MoveToOuterDisposeScope();
    }

    private Tensor Scores(Tensor query, Tensor key)
    {
        if (logit_scale is null)
        {
            return (query * Math.Pow(query.shape[^1], -0.5)).matmul(key.transpose(-2, -1));
        }

        Tensor cosine = nn.functional.normalize(query, dim: -1).matmul(nn.functional.normalize(key, dim: -1).transpose(-2, -1));
        return cosine * logit_scale.AtMostLogOfHundred().exp();
    }

    /// <summary>Version 2 has no bias of the keys; its checkpoints hold one that is ignored.</summary>
    private Tensor? JointBias(long channels)
    {
        Tensor bias = _qkv.Bias!;
        return logit_scale is null ? bias : cat([bias.slice(0, 0, channels, 1), zeros_like(bias.slice(0, channels, 2 * channels, 1)), bias.slice(0, 2 * channels, 3 * channels, 1)], 0);
    }
}
