/* Command palette: filters what the server rendered and asks ~/palette?q= for pages, records and actions. */
(() => {
  'use strict';
  const { $, $$, L, icon, element, url } = window.tc;
  const dialog = $('#cmdk');
  if (!dialog) return;
  const box = $('input', dialog);
  const list = $('[role=listbox]', dialog);
  const nothing = $('[data-tc-nothing]', dialog);
  const ready = $$('[role=option]', list);
  let waiting;
  let asked;

  const shown = () => $$('[role=option]', list).filter(option => !option.closest('[hidden]'));

  const mark = at => {
    for (const option of $$('[aria-selected=true]', list)) option.setAttribute('aria-selected', 'false');
    const options = shown();
    const chosen = options[(at + options.length) % options.length];
    if (!chosen) return box.removeAttribute('aria-activedescendant');
    chosen.setAttribute('aria-selected', 'true');
    box.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  };

  const settle = () => {
    for (const group of $$('[role=group]', list)) group.hidden = !$$('[role=option]', group).some(option => !option.hidden);
    nothing.hidden = shown().length > 0;
    mark(0);
  };

  const filter = words => {
    const wanted = words.toLowerCase();
    for (const option of ready) option.hidden = !option.textContent.toLowerCase().includes(wanted);
  };

  const option = (found, at) => {
    const link = element('a');
    link.id = `cmdk-found-${at}`;
    link.href = found.href;
    link.tabIndex = -1;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    link.append(icon(found.icon ?? 'arrow-right'), element('span', 'grow clip', found.label));
    if (found.hint) link.append(element('span', 'muted t12', found.hint));
    return link;
  };

  const show = found => {
    for (const old of $$('[data-tc-found]', list)) old.remove();
    const groups = new Map();
    found.forEach((entry, at) => {
      const name = entry.group ?? L('Results');
      if (!groups.has(name)) {
        const group = element('div');
        group.dataset.tcFound = '';
        group.setAttribute('role', 'group');
        group.setAttribute('aria-label', name);
        const heading = element('div', 'h', name);
        heading.setAttribute('aria-hidden', 'true');
        group.append(heading);
        groups.set(name, group);
      }
      groups.get(name).append(option(entry, at));
    });
    list.prepend(...groups.values());
    settle();
  };

  const ask = async words => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(url(`/palette?q=${encodeURIComponent(words)}`), { signal: asked.signal, headers: { accept: 'application/json' } });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== 'AbortError') show([]);
    }
  };

  box.addEventListener('input', () => {
    const words = box.value.trim();
    clearTimeout(waiting);
    filter(words);
    if (words) waiting = setTimeout(() => ask(words), 150);
    else show([]);
    settle();
  });

  box.addEventListener('keydown', event => {
    if (event.isComposing) return;
    const options = shown();
    const at = options.findIndex(each => each.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown') mark(at + 1);
    else if (event.key === 'ArrowUp') mark(at - 1);
    else if (event.key === 'Enter') options[Math.max(0, at)]?.click();
    else return;
    event.preventDefault();
  });

  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else tc.open('cmdk');
  });
})();
