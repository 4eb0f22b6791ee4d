/* Toasts. The server sends HX-Trigger: {"tc:toast":{"text":"…","tone":"green","undo":"/url"}}, or renders them after a redirect. */
(() => {
  'use strict';
  const { $, $$, L, icon, element, post } = window.tc;
  const box = $('#toasts');
  const shown = 6000;
  const after = 2500;

  const undoButton = (toast, undo) => {
    const button = element('button', '', L('Undo'));
    button.type = 'button';
    button.addEventListener('click', async () => {
      toast.remove();
      const answer = await post(undo);
      if (answer.ok) location.reload();
      else tc.toast({ text: L('That could not be undone'), tone: 'red' });
    });
    return button;
  };

  const leave = toast => {
    let timer = setTimeout(() => toast.remove(), shown);
    const wait = () => clearTimeout(timer);
    const go = () => { timer = setTimeout(() => toast.remove(), after); };
    toast.addEventListener('pointerenter', wait);
    toast.addEventListener('focusin', wait);
    toast.addEventListener('pointerleave', go);
    toast.addEventListener('focusout', go);
  };

  tc.toast = ({ text, tone = 'green', undo, action }) => {
    if (!box) return;
    const toast = element('div', `tc-toast tone-${tone}`);
    toast.append(icon(tone === 'red' ? 'alert-circle' : 'circle-check'), element('span', 'grow', text));
    if (undo) toast.append(undoButton(toast, undo));
    if (action) {
      const button = element('button', '', action.label);
      button.type = 'button';
      button.addEventListener('click', action.run);
      toast.append(button);
    }
    box.append(toast);
    leave(toast);
  };

  /* Heard, not seen. */
  tc.say = text => {
    const words = element('span', 'vh', text);
    box?.append(words);
    setTimeout(() => words.remove(), 3000);
  };

  document.addEventListener('tc:toast', event => tc.toast(event.detail));
  document.addEventListener('tc:say', event => tc.say(event.detail.text ?? event.detail));

  /* A live region speaks only of what changes: those of the page are put in once more. */
  for (const ready of box ? $$('.tc-toast', box) : []) {
    const { tone, undo } = ready.dataset;
    const text = ready.textContent.trim();
    ready.remove();
    setTimeout(() => tc.toast({ text, tone, undo }), 100);
  }
})();
