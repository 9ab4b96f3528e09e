using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Tests.Accelerators;
using CAManim.Native.Kernels.Tests.Ptx;
using ILGPU;

namespace CAManim.Native.Kernels.Tests.Cuda;

/// <summary>Runs kernels of the fake driver on the emulator: which one by its PTX, its arguments out of the bytes that a card would read.</summary>
internal sealed unsafe class PackedKernels
{
    private static readonly MethodInfo ViewMethod = typeof(KernelDevice).GetMethod(nameof(KernelDevice.View))!;
    private static readonly ConcurrentDictionary<string, MethodInfo> Methods = [];
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

    /// <summary>Executes the PTX itself, with the memory that its arguments give.</summary>
    public static void Execute(PtxMachine machine, string ptx, int groups, int threads, byte** parameters)
    {
        MethodInfo method = Find(ptx);
        List<PtxView> views = [];
        ParameterInfo[] declared = method.GetParameters();
        for (int i = 0; i < declared.Length; i++)
        {
            foreach (ParameterLeaf leaf in ParameterLayout.Of(declared[i].ParameterType).Leaves.Where(l => ParameterLayout.IsView(l.Type)))
            {
                long* view = (long*)(parameters[i] + leaf.Offset);
                views.Add(new PtxView((nint)view[0], view[1] * SizeOf(leaf.Type.GetGenericArguments()[0])));
            }
        }

        machine.Launch(PtxCompiler.NameOf(method), ptx, groups, threads, parameters, views);
    }

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static MethodInfo Find(string ptx)
    {
        if (!Methods.TryGetValue(ptx, out MethodInfo? method))
        {
            Methods[ptx] = method = PtxCompiler.FindKernels().Single(m => PtxCompiler.Compile(m, 8, 0).Text == ptx);
        }

        return method;
    }

    private static (Delegate Launch, Type[] Parameters) Load(string ptx)
    {
        MethodInfo method = Find(ptx);
        Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        Delegate kernel = method.CreateDelegate(Expression.GetActionType(parameters));
        Type launch = Expression.GetActionType([typeof(KernelConfig), .. parameters]);
        object loaded = typeof(KernelDevice).GetMethod("Load", BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(launch).Invoke(Devices.Require(TestDevice.Emulator), [kernel])!;
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
        ? ViewMethod.MakeGenericMethod(type.GetGenericArguments()).Invoke(Devices.Require(TestDevice.Emulator), [(nint)(*(long*)memory), ((long*)memory)[1]])!
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
