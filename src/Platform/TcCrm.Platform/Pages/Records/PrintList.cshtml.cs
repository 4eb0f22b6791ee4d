using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A list as it goes on paper: its columns, filters and order, from its first row on.</summary>
[RequiresRight(RecordRight.Print), NotWhileViewing]
public sealed class PrintListModel(RecordAddress address, PrintLists lists, NotePrint note, PrintedWords words) : PageModel
{
    public PrintedList List { get; private set; } = null!;
    public PrintedWords Words => words;
    public RecordType Type => address.Type;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        try
        {
            List = await lists.ReadAsync(Type, Request.Query, cancel);
        }
        catch (BadFilterException)
        {
            return BadRequest();
        }
        await note.OfListAsync(List, cancel);
        return Page();
    }
}
