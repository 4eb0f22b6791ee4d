using TcCrm;

[assembly: Module(
    Name = "Content items",
    Description = "Content types and content items in the format of Orchard Core, with versions and drafts, at /api/content.",
    Category = "Content",
    StandsFor = ["OrchardCore.Contents", "OrchardCore.ContentTypes", "OrchardCore.AdminMenu"])]
