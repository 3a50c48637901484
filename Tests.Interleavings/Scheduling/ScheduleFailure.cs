namespace Tests.Interleavings.Scheduling;

/// <summary>What a schedule has brought to light, or a defect of the tool.</summary>
internal sealed class ScheduleFailure(string message) : Exception(message);
