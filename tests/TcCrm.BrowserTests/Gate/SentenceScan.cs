using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Gate;

/// <summary>Words on a Chinese page that nobody has translated: no Chinese character and three English words or more. Addresses, mails and names of time zones are no words.</summary>
static class SentenceScan
{
    const string Script = """
        () => {
          const isEnglish = text => !/\p{Script=Han}/u.test(text) && text.split(/\s+/).filter(word => /^["'(]?[A-Za-z]{2,}['")]?[.,:;!?…]?$/.test(word)).length >= 3;
          const exempt = 'script, style, svg, code, pre, kbd, noscript, [lang="en"]';
          const found = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const text = node.data.trim();
            if (text && !node.parentElement.closest(exempt) && isEnglish(text)) found.add(text);
          }
          for (const name of ['placeholder', 'aria-label', 'title', 'alt'])
            for (const element of document.querySelectorAll(`[${name}]`))
              if (!element.closest(exempt) && isEnglish(element.getAttribute(name))) found.add(`${name}="${element.getAttribute(name)}"`);
          if (isEnglish(document.title)) found.add(document.title);
          return [...found];
        }
        """;

    public static Task<string[]> EnglishAsync(IPage page) => page.EvaluateAsync<string[]>(Script);
}
