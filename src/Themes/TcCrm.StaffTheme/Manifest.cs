using TcCrm;

[assembly: Theme(
    Name = "Staff theme",
    Description = "The look of the staff's pages: calm and dense, light and dark.",
    Category = "Themes")]
