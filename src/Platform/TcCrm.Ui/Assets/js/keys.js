/* Shortcuts. Any element may carry data-key="g c" (and data-key-label); off while typing, composing or in a dialog. */
(() => {
  'use strict';
  const { $, $$, L, element, typing, modal } = window.tc;
  const own = {
    '?': [L('Keyboard shortcuts'), () => tc.open('keys')],
    '/': [L('Search this page'), () => $('[data-tc-search]')?.focus()],
    '[': [L('Fold the navigation'), () => $('[data-tc-fold]')?.click()],
  };
  const always = [['Ctrl K', L('Search or jump')]];
  const inLists = [['j / k', L('Next or previous row')], ['x', L('Select the row')]];
  const opening = () => ($('[data-peek]')
    ? [['Enter', L('Open the preview')], ['Esc', L('Close the preview')]]
    : [['Enter', L('Open the record')]]);
  const pause = 900;
  let typed = '';
  let timer;

  const run = keys => {
    if (own[keys]) {
      own[keys][1]();
      return true;
    }
    const target = $(`[data-key="${CSS.escape(keys)}"]`);
    target?.click();
    return !!target;
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event) || modal()) return;
    clearTimeout(timer);
    timer = setTimeout(() => { typed = ''; }, pause);
    const sequence = `${typed} ${event.key}`.trim();
    if (run(sequence) || (typed && run(event.key))) {
      typed = '';
      event.preventDefault();
    } else {
      typed = event.key;
    }
  });

  const describe = ([keys, label]) => {
    const term = element('dt');
    for (const key of keys.split(' ')) term.append(key === '/' && keys.length > 1 ? '/' : element('kbd', '', key), ' ');
    return [term, element('dd', '', label)];
  };

  const sheet = $('[data-tc-keys]');
  if (sheet) {
    const marked = $$('[data-key]').map(each => [each.dataset.key, each.dataset.keyLabel ?? each.textContent.trim()]);
    const ownKeys = Object.entries(own).map(([key, [label]]) => [key, label]);
    const rows = $('tc-list') ? [...inLists, ...opening()] : [];
    sheet.append(...[...always, ...ownKeys, ...marked, ...rows].flatMap(describe));
  }
})();
