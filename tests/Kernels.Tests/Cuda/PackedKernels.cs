using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Tests.Cuda;

/// <summary>Runs kernels of the fake driver on the emulator: which one by its PTX, its arguments out of the bytes that a card would read.</summary>
internal sealed unsafe class PackedKernels
{
    private static readonly MethodInfo ViewMethod = typeof(KernelDevice).GetMethod(nameof(KernelDevice.View))!;
    private readonly Dictionary<string, (Delegate Launch, Type[] Parameters)> _loaded = [];

    public void Run(string ptx, int groups, int threads, byte** parameters)
    {
        if (!_loaded.TryGetValue(ptx, out (Delegate Launch, Type[] Parameters) kernel))
        {
            kernel = Load(ptx);
            _loaded.Add(ptx, kernel);
        }

        object?[] arguments = [new KernelConfig(groups, threads), .. kernel.Parameters.Select((_, i) => (object?)null)];
        for (int i = 0; i < kernel.Parameters.Length; i++)
        {
            arguments[i + 1] = Read(kernel.Parameters[i], parameters[i]);
        }

        kernel.Launch.DynamicInvoke(arguments);
    }

    private static (Delegate Launch, Type[] Parameters) Load(string ptx)
    {
        MethodInfo method = PtxCompiler.FindKernels().Single(m => PtxCompiler.Compile(m, 8, 0).Text == ptx);
        Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        Delegate kernel = method.CreateDelegate(Expression.GetActionType(parameters));
        Type launch = Expression.GetActionType([typeof(KernelConfig), .. parameters]);
        object loaded = typeof(KernelDevice).GetMethod("Load", BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(launch).Invoke(Devices.Require(AcceleratorKind.Emulator), [kernel])!;
        return ((Delegate)loaded, parameters);
    }

    private static object Read(Type type, byte* memory)
    {
        object value = Activator.CreateInstance(type)!;
        foreach (ParameterLeaf leaf in ParameterLayout.Of(type).Leaves)
        {
            value = Set(value, [.. leaf.Path], ReadLeaf(leaf.Type, memory + leaf.Offset));
        }

        return value;
    }

    private static object ReadLeaf(Type type, byte* memory) => ParameterLayout.IsView(type)
        ? ViewMethod.MakeGenericMethod(type.GetGenericArguments()).Invoke(Devices.Require(AcceleratorKind.Emulator), [(nint)(*(long*)memory), ((long*)memory)[1]])!
        : type.IsEnum ? Enum.ToObject(type, *(int*)memory) : Marshal.PtrToStructure((nint)memory, type)!;

    private static object Set(object target, FieldInfo[] path, object value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        path[0].SetValue(target, Set(path[0].GetValue(target)!, path[1..], value));
        return target;
    }
}
