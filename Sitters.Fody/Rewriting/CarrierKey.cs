using static Sitters.Fody.References.SittersRuntime;

namespace Sitters.Fody.Rewriting;

/// <summary>What the carrier of a cached method is in addition: the key of the cache, and whose cache it is.</summary>
internal sealed class CarrierKey(Carrier carrier)
{
    private const string Comparer = "System.Collections.Generic.EqualityComparer`1";

    private readonly ModuleReferences _references = carrier.References;
    private readonly SatMethod _sat = carrier.Sat;

    public void Emit()
    {
        EmitKey();
        EmitInstance();
        EmitEquals();
        EmitGetHashCode();
    }

    /// <summary>Neither the instance of a class, which has its own cache, nor a token; but the value of a struct.</summary>
    private IEnumerable<FieldDefinition> Parts => Fields.Except(Ignored);

    private IEnumerable<FieldDefinition> Ignored =>
    [
        .. carrier.This is not null && !carrier.ThisIsValue ? [carrier.This] : Enumerable.Empty<FieldDefinition>(),
        .. carrier.Arguments.Where((_, index) => carrier.IsToken(index)),
    ];

    private IEnumerable<FieldDefinition> Fields => carrier.This is null ? carrier.Arguments : carrier.Arguments.Prepend(carrier.This);

    private void EmitKey()
    {
        var il = carrier.AddMethod(SatCachedMethodNames.Key, carrier.Self);
        var key = new VariableDefinition(carrier.Self);
        il.Body.Variables.Add(key);
        il.Body.InitLocals = true;
        foreach (var part in Parts)
        {
            il.Emit(OpCodes.Ldloca, key);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Stfld, carrier.Field(part));
        }

        il.Emit(OpCodes.Ldloc, key);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>The runtime keeps caches beside the instances, so that nothing is added to the user's type.</summary>
    private void EmitInstance()
    {
        var il = carrier.AddMethod(SatCachedMethodNames.Instance, _references.Object);
        if (carrier.This is null || carrier.ThisIsValue || _sat.IsCacheShared)
        {
            il.Emit(OpCodes.Ldnull);
        }
        else
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(carrier.This));
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitEquals()
    {
        var il = carrier.AddMethod("Equals", _references.Boolean, carrier.Self);
        var other = il.Body.Method.Parameters[0];
        var differ = il.Create(OpCodes.Ldc_I4_0);
        foreach (var part in Parts)
        {
            EmitComparer(il, part);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Ldarga, other);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Callvirt, _references.Method(Comparer, [part.FieldType], "Equals", 2));
            il.Emit(OpCodes.Brfalse, differ);
        }

        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
        il.Append(differ);
        il.Emit(OpCodes.Ret);
    }

    private void EmitGetHashCode()
    {
        // The factor by which the C# compiler combines the hash codes of anonymous types and records; any seed would do.
        const int Seed = 17;
        const int Factor = -1521134295;

        var il = carrier.AddMethod("GetHashCode", _references.Int32);

        // Overrides Object.GetHashCode: the same slot.
        il.Body.Method.IsNewSlot = false;
        il.Emit(OpCodes.Ldc_I4, Seed);
        foreach (var part in Parts)
        {
            il.Emit(OpCodes.Ldc_I4, Factor);
            il.Emit(OpCodes.Mul);
            EmitComparer(il, part);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, carrier.Field(part));
            il.Emit(OpCodes.Callvirt, _references.Method(Comparer, [part.FieldType], "GetHashCode", 1));
            il.Emit(OpCodes.Add);
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitComparer(ILProcessor il, FieldDefinition part) =>
        il.Emit(OpCodes.Call, _references.Method(Comparer, [part.FieldType], "get_Default"));
}
