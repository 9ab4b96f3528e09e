namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>
/// Ranks a program's instructions so that threads which part meet again as early as they can: what is ranked lower runs first. A join comes
/// after all that leads to it, what follows a loop after the loop.
/// </summary>
internal sealed class PtxOrder
{
    private readonly Dictionary<int, int[]> _successors = [];
    private readonly List<int> _ordered = [];

    private PtxOrder(PtxInstruction[] program)
    {
        SortedSet<int> starts = [0];
        for (int i = 0; i < program.Length; i++)
        {
            if (program[i].Kind == PtxKind.Branch)
            {
                starts.Add(program[i].Jump);
                starts.Add(i + 1);
            }
        }

        int[] blocks = [.. starts.Where(s => s < program.Length)];
        for (int b = 0; b < blocks.Length; b++)
        {
            int end = b + 1 < blocks.Length ? blocks[b + 1] : program.Length;
            PtxInstruction last = program[end - 1];
            bool goesOn = end < program.Length && !(last.Guard < 0 && last.Kind is PtxKind.Branch or PtxKind.Return);
            _successors[blocks[b]] = [.. last.Kind == PtxKind.Branch ? [last.Jump] : Array.Empty<int>(), .. goesOn ? [end] : Array.Empty<int>()];
        }

        Order([.. blocks], -1);
    }

    /// <summary>The rank of each instruction.</summary>
    public static int[] Rank(PtxInstruction[] program)
    {
        PtxOrder order = new(program);
        int[] ranks = new int[program.Length];
        int[] starts = [.. order._successors.Keys.Order()];
        int rank = 0;
        foreach (int start in order._ordered)
        {
            int next = Array.BinarySearch(starts, start) + 1;
            int end = next < starts.Length ? starts[next] : program.Length;
            for (int i = start; i < end; i++)
            {
                ranks[i] = rank++;
            }
        }

        return ranks;
    }

    // Loops are strongly connected: each is ordered by itself, without the ways back to its head.
    private void Order(HashSet<int> blocks, int head)
    {
        foreach (List<int> component in Components(blocks, head))
        {
            if (component.Count == 1)
            {
                _ordered.Add(component[0]);
                continue;
            }

            HashSet<int> inside = [.. component];
            int entry = component.Where(b => _successors.Any(s => !inside.Contains(s.Key) && s.Value.Contains(b))).Order().FirstOrDefault(component.Min());
            Order(inside, entry);
        }
    }

    // Tarjan's; components come out after all that follows them.
    private List<List<int>> Components(HashSet<int> blocks, int head)
    {
        Dictionary<int, int> numbers = [];
        Dictionary<int, int> lowest = [];
        Stack<int> open = [];
        HashSet<int> isOpen = [];
        List<List<int>> found = [];
        foreach (int block in blocks.Order())
        {
            if (!numbers.ContainsKey(block))
            {
                Visit(block);
            }
        }

        found.Reverse();
        return found;

        void Visit(int block)
        {
            numbers[block] = lowest[block] = numbers.Count;
            open.Push(block);
            isOpen.Add(block);
            foreach (int next in _successors[block].Where(n => n != head && blocks.Contains(n)))
            {
                if (!numbers.TryGetValue(next, out int number))
                {
                    Visit(next);
                    lowest[block] = int.Min(lowest[block], lowest[next]);
                }
                else if (isOpen.Contains(next))
                {
                    lowest[block] = int.Min(lowest[block], number);
                }
            }

            if (lowest[block] != numbers[block])
            {
                return;
            }

            List<int> component = [];
            int member;
            do
            {
                member = open.Pop();
                isOpen.Remove(member);
                component.Add(member);
            }
            while (member != block);
            found.Add(component);
        }
    }
}
