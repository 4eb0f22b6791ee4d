/* htmx requests: progress line, busy state, errors, input methods. */
(() => {
  'use strict';
  const { $, L } = window.tc;
  const line = $('.tc-progress');
  let open = 0;

  document.addEventListener('htmx:before:request', event => {
    if (open++ === 0) {
      line?.classList.remove('end');
      line?.classList.add('on');
    }
    event.detail.ctx?.target?.setAttribute?.('aria-busy', 'true');
  });

  document.addEventListener('htmx:finally:request', event => {
    if (--open <= 0) {
      open = 0;
      line?.classList.add('end');
      line?.classList.remove('on');
    }
    event.detail.ctx?.target?.removeAttribute?.('aria-busy');
  });

  /* What was to be saved is not: leaving the page asks first, as before. */
  const keep = ctx => { if (ctx?.sourceElement?.matches?.('form[data-tc-dirty]')) ctx.sourceElement.dataset.tcDirty = '1'; };

  document.addEventListener('htmx:error', event => {
    keep(event.detail.ctx);
    tc.toast({ text: L('The network is not answering. Please try again.'), tone: 'red' });
  });

  /* The old content stays when the answer is a failure. */
  document.addEventListener('htmx:before:swap', event => {
    const status = event.detail.ctx?.response?.status;
    const isStale = status === 400 && event.detail.ctx.request.method !== 'GET';
    if (isStale || status === 401 || status >= 500) {
      event.preventDefault();
      if (!isStale) keep(event.detail.ctx);
    }
    if (isStale) {
      document.dispatchEvent(new Event('tc:lost'));
      tc.toast({ text: L('This page has expired. What you typed comes back when you reload it.'), tone: 'red', action: { label: L('Reload'), run: () => location.reload() } });
    }
    if (status === 401) {
      tc.toast({ text: L('You have been signed out.'), tone: 'red', action: { label: L('Sign in'), run: () => location.reload() } });
    } else if (status >= 500) {
      tc.toast({ text: L('The server failed. Please try again later.'), tone: 'red' });
    }
  });

  /* Chinese, Japanese and Korean input: no request while a word is being composed, one when it is done. */
  document.addEventListener('input', event => { if (event.isComposing) event.stopImmediatePropagation(); }, true);
  document.addEventListener('compositionend', event => event.target.dispatchEvent(new Event('input', { bubbles: true })), true);
})();
