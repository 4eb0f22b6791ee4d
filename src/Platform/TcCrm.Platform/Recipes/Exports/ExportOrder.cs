namespace TcCrm.Platform.Recipes.Exports;

/// <summary>What a step names must have been made by one before it.</summary>
static class ExportOrder
{
    public const int Features = 0, Settings = 10, Roles = 20, Users = 30, Records = 40, Reaches = 50, Numbering = 60, Views = 70, Kept = 80;
}
