using System.Linq.Expressions;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Layers;

/// <summary>Tells of calls of modules whatever they take and return; what they return is only looked at.</summary>
internal static class CallNotice
{
    /// <summary>Registers <paramref name="after"/>, which is told the type of the result.</summary>
    /// <returns>An action that removes it, or null where the module has no hooks.</returns>
    public static Action? Register(nn.Module module, Action<Type> after)
    {
        for (Type? type = module.GetType(); type is not null; type = type.BaseType)
        {
            // HookableModule<TPreHook, TPostHook>: TorchSharp has no common class of a module's hooks.
            if (type.GetGenericArguments() is [_, var hook] && type.GetMethod("register_forward_hook", BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, [hook]) is { } register)
            {
                object remover = register.Invoke(module, [Hook(hook, after)])!;
                MethodInfo remove = remover.GetType().GetMethod("remove")!;
                return () => remove.Invoke(remover, null);
            }
        }

        return null;
    }

    /// <summary>A type as C# writes it: <c>Tuple&lt;Tensor, Tensor&gt;</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;

    // (module, arguments..., result) => { after(type of result); return result; }
    private static Delegate Hook(Type type, Action<Type> after)
    {
        ParameterExpression[] parameters = [.. type.GetMethod("Invoke")!.GetParameters().Select(p => Expression.Parameter(p.ParameterType))];
        Expression told = Expression.Invoke(Expression.Constant(after), Expression.Constant(parameters[^1].Type, typeof(Type)));
        return Expression.Lambda(type, Expression.Block(told, parameters[^1]), parameters).Compile();
    }
}
