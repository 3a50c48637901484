namespace System.Runtime.CompilerServices;

/// <summary>Part of the framework from .NET 11 on.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class UnionAttribute : Attribute;
