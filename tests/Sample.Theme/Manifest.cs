using TcCrm;

[assembly: Theme(Name = "Sample theme", Description = "Outbids views of the platform and of modules.", Category = "Tests")]
