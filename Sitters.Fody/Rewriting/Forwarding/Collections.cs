namespace Sitters.Fody.Rewriting.Forwarding;

/// <summary>What the method itself puts into its arrays and collections.</summary>
internal sealed class Collections(ValueGraph graph, Generations generations)
{
    /// <summary>
    /// The elements of an array that the compiler keeps in a local: they are stored through addresses, after it was cleared. The local
    /// may serve another array later.
    /// </summary>
    public IEnumerable<Value> ElementsBehind(Value load)
    {
        if (load.Producer?.OpCode.Code != Code.Ldloca)
        {
            return [];
        }

        var before = generations.Of(load).TakeWhile(other => other != load).ToList();
        var cleared = before.FindLastIndex(Generations.Clears);
        return cleared < 0 ? [] : before.Skip(cleared + 1).SelectMany(ElementsOf);
    }

    /// <summary>What is put into a collection, or behind an address.</summary>
    public IEnumerable<Value> ElementsOf(Value collection)
    {
        var seen = new HashSet<Value>();
        var open = new Stack<Value>();
        open.Push(collection);
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (!seen.Add(value))
            {
                continue;
            }

            foreach (var use in value.Uses)
            {
                if (use.Index != 0 && use.Consumer?.OpCode.Code != Code.Stfld)
                {
                    continue;
                }

                foreach (var stored in StoredAt(use, open))
                {
                    yield return stored;
                }
            }
        }
    }

    private IEnumerable<Value> StoredAt(Value.Use use, Stack<Value> open)
    {
        switch (use.Consumer?.OpCode.Code)
        {
            case null:
                open.Push(use.Result!);
                break;
            case Code.Stelem_Ref or Code.Stelem_Any:
                return [graph.InputsOf(use.Consumer)[2]];
            case Code.Stind_Ref or Code.Stobj:
                return [graph.InputsOf(use.Consumer)[1]];
            case Code.Stloc or Code.Stfld when graph.IsStore(use.Consumer):
                foreach (var load in graph.Targets(use.Consumer))
                {
                    open.Push(load);
                }

                break;
            case Code.Call or Code.Callvirt when use.Consumer.Operand is MethodReference called:
                if (PassedThrough.IsAddition(called))
                {
                    return [graph.InputsOf(use.Consumer)[1]];
                }

                if (use.Result is not null && PassedThrough.Is(called))
                {
                    open.Push(use.Result);
                }

                break;
        }

        return [];
    }
}
