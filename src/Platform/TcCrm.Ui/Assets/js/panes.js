/* Panes on a phone, tabs within a page, segmented buttons, rows of a pick list by j and k. */
(() => {
  'use strict';
  const { $, $$, typing, modal } = window.tc;
  const desktop = 961;

  const view = link => {
    const panes = link.closest('.tc-panes') ?? $('.tc-panes');
    panes.dataset.view = link.dataset.tcView;
    if (innerWidth >= desktop) return;
    scrollTo(0, 0);
    $(`[data-pane=${panes.dataset.view}] :is(h1,h2)[tabindex]`, panes)?.focus();
  };

  const tab = chosen => {
    for (const each of $$('[role=tab]', chosen.closest('[role=tablist]'))) {
      const on = each === chosen;
      each.ariaSelected = on;
      each.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(each.getAttribute('aria-controls'));
      if (panel) panel.hidden = !on;
    }
  };

  document.addEventListener('click', event => {
    const link = event.target.closest('[data-tc-view]');
    if (link) view(link);
    const chosen = event.target.closest('[data-tc-tabs] [role=tab]');
    if (chosen) tab(chosen);
    const pressed = event.target.closest('.tc-seg button[aria-pressed]');
    if (pressed) for (const each of pressed.parentElement.children) each.setAttribute('aria-pressed', each === pressed);
  });

  document.addEventListener('keydown', event => {
    const chosen = event.target.closest?.('[data-tc-tabs] [role=tab]');
    if (!chosen || !/^Arrow(Left|Right)$/.test(event.key)) return;
    const tabs = $$('[role=tab]', chosen.closest('[role=tablist]'));
    const next = tabs[(tabs.indexOf(chosen) + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length];
    tab(next);
    next.focus();
    event.preventDefault();
  });

  document.addEventListener('keydown', event => {
    const pick = $('[data-tc-pick]');
    if (!pick || !/^[jk]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || typing(event) || modal()) return;
    const links = $$('a,button.it', pick).filter(link => link.offsetParent);
    const from = pick.contains(document.activeElement) ? document.activeElement.closest('a,button.it') : $('[aria-current]', pick);
    const to = links.indexOf(from) + (event.key === 'j' ? 1 : -1);
    links[Math.max(0, Math.min(links.length - 1, to))]?.focus();
  });
})();
