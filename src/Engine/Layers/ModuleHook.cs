using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Layers;

/// <summary>Hooks before and after a module's call, whatever the number of its tensor arguments.</summary>
internal static class ModuleHook
{
    /// <summary>Registers <paramref name="before"/>, where there is something to do, and <paramref name="after"/> (output; returns the output to go on with).</summary>
    /// <returns>An action that removes both, or null where the module's signature cannot be hooked.</returns>
    public static Action? Register(nn.Module module, Action? before, Func<Tensor, Tensor> after) =>
        Register(module, before is null ? null : _ => before(), (_, output) => after(output));

    /// <summary>The same with the call's first argument: before it (argument), and after it (argument, output; returns the output to go on with).</summary>
    public static Action? Register(nn.Module module, Action<Tensor>? before, Func<Tensor, Tensor, Tensor> after)
    {
        switch (module)
        {
            case nn.Module<Tensor, Tensor> one:
                {
                    var pre = before is null ? null : one.register_forward_pre_hook((_, input) => Pass(before, input));
                    var post = one.register_forward_hook((_, input, output) => after(input, output));
                    return () =>
                    {
                        pre?.remove();
                        post.remove();
                    };
                }

            case nn.Module<Tensor, Tensor, Tensor> two:
                {
                    var pre = before is null ? null : two.register_forward_pre_hook((_, input, other) => (Pass(before, input), other));
                    var post = two.register_forward_hook((_, input, _, output) => after(input, output));
                    return () =>
                    {
                        pre?.remove();
                        post.remove();
                    };
                }

            case nn.Module<Tensor, Tensor, Tensor, Tensor> three:
                {
                    var pre = before is null ? null : three.register_forward_pre_hook((_, input, second, third) => (Pass(before, input), second, third));
                    var post = three.register_forward_hook((_, input, _, _, output) => after(input, output));
                    return () =>
                    {
                        pre?.remove();
                        post.remove();
                    };
                }

            default:
                return null;
        }

        static Tensor Pass(Action<Tensor> before, Tensor input)
        {
            before(input);
            return input;
        }
    }

    /// <summary>While <paramref name="isActive"/>, the module computes the first image only and repeats it, as views, to a batch.</summary>
    /// <returns>An action that removes the hooks, or null where the module takes other than one tensor.</returns>
    public static Action? RegisterNarrowing(nn.Module module, Func<bool> isActive, long images)
    {
        if (module is not nn.Module<Tensor, Tensor> one)
        {
            return null;
        }

        var pre = one.register_forward_pre_hook((_, input) => isActive() && input.shape[0] == images ? input.narrow(0, 0, 1) : input);
        var post = one.register_forward_hook((_, _, output) =>
        {
            long[] shape = output.shape;
            if (!isActive() || shape.Length == 0 || shape[0] != 1)
            {
                return output;
            }

            shape[0] = images;
            return output.expand(shape);
        });
        return () =>
        {
            pre.remove();
            post.remove();
        };
    }

    /// <summary>The module returns what it was given; it is computed, but nothing comes of it.</summary>
    /// <returns>An action that removes the hook, or null where the module takes other than one tensor.</returns>
    public static Action? RegisterBypass(nn.Module module)
    {
        if (module is not nn.Module<Tensor, Tensor> one)
        {
            return null;
        }

        var post = one.register_forward_hook((_, input, _) => input.alias());
        return post.remove;
    }
}
