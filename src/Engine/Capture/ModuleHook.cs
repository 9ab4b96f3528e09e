using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>Hooks before and after a module's call, whatever the number of its tensor arguments.</summary>
internal static class ModuleHook
{
    /// <summary>Registers <paramref name="before"/> and <paramref name="after"/> (output, first argument; returns the output to go on with).</summary>
    /// <returns>An action that removes both, or null where the module's signature cannot be hooked.</returns>
    public static Action? Register(nn.Module module, Action before, Func<Tensor, Tensor> after)
    {
        switch (module)
        {
            case nn.Module<Tensor, Tensor> one:
                {
                    var pre = one.register_forward_pre_hook((nn.Module _) => before());
                    var post = one.register_forward_hook((_, _, output) => after(output));
                    return () =>
                    {
                        pre.remove();
                        post.remove();
                    };
                }

            case nn.Module<Tensor, Tensor, Tensor> two:
                {
                    var pre = two.register_forward_pre_hook((nn.Module _) => before());
                    var post = two.register_forward_hook((_, _, _, output) => after(output));
                    return () =>
                    {
                        pre.remove();
                        post.remove();
                    };
                }

            case nn.Module<Tensor, Tensor, Tensor, Tensor> three:
                {
                    var pre = three.register_forward_pre_hook((nn.Module _) => before());
                    var post = three.register_forward_hook((_, _, _, _, output) => after(output));
                    return () =>
                    {
                        pre.remove();
                        post.remove();
                    };
                }

            default:
                return null;
        }
    }
}
