using TcCrm;

[assembly: Module(
    Name = "Announcements",
    Description = "What the company tells its people: on the home page of those it is meant for, with who has read it.",
    Category = "Organisation",
    Dependencies = ["TcCrm.Organisation"])]
