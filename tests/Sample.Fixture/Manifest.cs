using TcCrm;

[assembly: Module(Name = "Fixture", Description = "One of everything that a feature can bring.", Category = "Tests", Dependencies = ["TcCrm.Customers"])]
