namespace CAManim.Native.Models;

/// <summary>Suggestions for a name that was not found.</summary>
public static class NearestNames
{
    /// <summary>The candidates nearest to what was typed: those that have it as a word first, then those that contain it, then by edit distance (Levenshtein 1966), case ignored.</summary>
    /// <param name="typed">What was asked for.</param>
    /// <param name="candidates">All names there are.</param>
    /// <param name="count">How many to return at most.</param>
    /// <returns>At most <paramref name="count"/> names, nearest first; empty where nothing is near.</returns>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> candidates, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(candidates);
        string wanted = typed.Trim().ToLowerInvariant();
        if (wanted.Length is 0 or > 200)
        {
            return [];
        }

        return [.. candidates
            .Select(name => (Name: name, Contained: name.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? HasWord(name, wanted) ? 2 : 1 : 0, Distance: Distance(wanted, name.ToLowerInvariant())))
            .Where(c => c.Contained > 0 || c.Distance <= Math.Max(2, wanted.Length / 2))
            .OrderByDescending(c => c.Contained).ThenBy(c => c.Distance)
            .Take(count)
            .Select(c => c.Name)];
    }

    /// <summary>" Did you mean A, B or C?", or nothing where no name is near.</summary>
    /// <param name="typed">What was asked for.</param>
    /// <param name="candidates">All names there are.</param>
    public static string Question(string typed, IEnumerable<string> candidates)
    {
        IReadOnlyList<string> names = Of(typed, candidates);
        return names.Count switch
        {
            0 => "",
            1 => $" Did you mean '{names[0]}'?",
            _ => $" Did you mean {string.Join(", ", names.Take(names.Count - 1).Select(n => $"'{n}'"))} or '{names[^1]}'?",
        };
    }

    private static bool HasWord(string name, string word)
    {
        for (int at = name.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = name.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(name[at - 1])) && (end == name.Length || !char.IsLetterOrDigit(name[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
