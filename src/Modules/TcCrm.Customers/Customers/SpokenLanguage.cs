namespace TcCrm.Customers;

/// <summary>The language in which somebody wants to be spoken and written to. Stored by number: add at the end.</summary>
public enum SpokenLanguage { Mandarin, Cantonese, English, Japanese, Korean, Russian, French, German, Spanish, Arabic }
