/* Dialogs, drawers, and where the focus goes after a swap. */
(() => {
  'use strict';
  const { $, modal } = window.tc;
  let opener;

  tc.open = id => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    dialog.showModal();
    $('input', dialog)?.select();
  };

  const close = drawer => {
    drawer.close();
    $('tr[aria-current]')?.removeAttribute('aria-current');
    if (opener?.isConnected) (opener.closest('tr') ?? opener).focus();
    if (drawer.dataset.tcBack) history.replaceState(null, '', drawer.dataset.tcBack);
  };

  document.addEventListener('htmx:after:swap', event => {
    let target = event.detail.ctx?.target;
    if (target && !target.isConnected) target = target.id && document.getElementById(target.id);
    if (!target) return;
    const drawer = target.closest('dialog[data-tc-auto]');
    if (drawer && !drawer.open) {
      opener = event.detail.ctx.sourceElement;
      if (drawer.dataset.tcAuto === 'modal') drawer.showModal();
      else drawer.show();
    }
    const problem = target.querySelector('[aria-invalid=true]');
    const wanted = problem ?? (target.matches('[data-tc-focus]') ? target : target.querySelector('[data-tc-focus]'));
    wanted?.focus({ preventScroll: !problem });
  });

  document.addEventListener('click', event => {
    const open = event.target.closest('[data-tc-open]');
    if (open) {
      event.preventDefault();
      open.closest('[popover]')?.hidePopover?.();
      tc.open(open.dataset.tcOpen);
    }
    const closer = event.target.closest('[data-tc-close]');
    if (closer) {
      event.preventDefault();
      close(closer.closest('dialog'));
    }
    if (event.target.matches?.('dialog.tc-dialog')) event.target.close();
  });

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    const drawer = $('dialog[data-tc-auto][open]');
    if (drawer && !$(':popover-open') && !modal()) close(drawer);
  });

  /* A page that came back with problems starts at the first of them. */
  if (!location.hash) $('[data-tc-problems]')?.focus();
})();
