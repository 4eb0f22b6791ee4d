/* Lists that people put in order: Alt and the arrow keys press the buttons of the row, a grip drags it; what was done is said aloud. */
(() => {
  'use strict';
  const { $, element } = window.tc;
  const row = '[data-tc-field],[data-tc-option],[data-tc-section]';
  let dragged;

  const said = element('p', 'vh');
  said.setAttribute('role', 'status');
  document.body.append(said);

  document.addEventListener('htmx:after:swap', event => {
    const target = event.detail.ctx?.target;
    const now = target?.isConnected ? target : target?.id && document.getElementById(target.id);
    if (now?.dataset?.tcSay) said.textContent = now.dataset.tcSay;
    if (now?.dataset?.tcTo) document.getElementById(now.dataset.tcTo)?.focus();
  });

  document.addEventListener('keydown', event => {
    const way = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
    if (!way || !event.altKey || event.ctrlKey || event.metaKey) return;
    const button = event.target.closest?.(row)?.querySelector(`[data-tc-${way}]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  const below = event => document.elementFromPoint(event.clientX, event.clientY)?.closest('tr[data-tc-place]');

  const mark = target => {
    $('tr.over')?.classList.remove('over');
    target?.classList.add('over');
  };

  document.addEventListener('pointerdown', event => {
    const grip = event.target.closest?.('[data-tc-grip]');
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    dragged = grip.closest('tr');
    dragged.classList.add('drag');
  });

  document.addEventListener('pointermove', event => { if (dragged) mark(below(event)); });

  /* Dropped on a row it comes to stand before that row going up and behind it going down, on a heading first in the section. */
  document.addEventListener('pointerup', event => {
    if (!dragged) return;
    const from = dragged;
    const target = below(event);
    dragged.classList.remove('drag');
    dragged = undefined;
    mark();
    if (!target || target === from) return;
    const isBehind = target.dataset.tcField && from.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
    const button = $('[data-tc-drop]', from.closest('form'));
    button.value = `to:${from.dataset.tcField}:${target.dataset.tcSection}:${Number(target.dataset.tcPlace) + (isBehind ? 1 : 0)}`;
    button.click();
  });

  document.addEventListener('pointercancel', () => {
    dragged?.classList.remove('drag');
    dragged = undefined;
    mark();
  });
})();
