namespace Sitters.Runtime.Execution;

/// <summary>Where a call's hooks come from: the woven method.</summary>
internal interface IHookSource
{
    ValueTask Hook(int id, SitContext context);
}
