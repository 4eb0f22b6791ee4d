/* Theme and navigation change at once; the form that would have reloaded the page is sent behind it. The server keeps the cookies. */
(() => {
  'use strict';
  const { $, post } = window.tc;
  const html = document.documentElement;
  const dark = () => (html.dataset.theme ? html.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);

  const flip = {
    theme: () => {
      html.dataset.theme = dark() ? 'light' : 'dark';
      for (const choice of document.querySelectorAll('.tc-seg [name=theme]')) choice.setAttribute('aria-pressed', choice.value === html.dataset.theme);
      return html.dataset.theme;
    },
    nav: () => ($('.tc-shell')?.classList.toggle('is-slim') ? 'slim' : 'full'),
  };

  document.addEventListener('submit', event => {
    const name = event.target.dataset?.tcFlip;
    if (!flip[name]) return;
    event.preventDefault();
    const form = new FormData();
    form.append(name, flip[name]());
    post(event.target.action, form);
  });
})();
