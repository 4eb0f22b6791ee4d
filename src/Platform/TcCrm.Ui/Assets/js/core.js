/* TC-CRM behaviours. No framework, no eval, no inline styles or handlers: every hook is a data attribute or an htmx event. */
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const meta = name => $(`meta[name="${name}"]`)?.content;
  const html = document.documentElement;

  /* English is the key; another culture sends <meta name="tc-strings" content='{…}'>. */
  const words = JSON.parse(meta('tc-strings') ?? '{}');
  const L = (key, ...args) => args.reduce((text, arg, n) => text.replace(`{${n}}`, arg), words[key] ?? key);

  const svg = 'http://www.w3.org/2000/svg';
  const icon = name => {
    const image = document.createElementNS(svg, 'svg');
    const use = document.createElementNS(svg, 'use');
    image.setAttribute('class', 'i');
    image.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `${html.dataset.icons}#${name}`);
    image.append(use);
    return image;
  };

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const fields = 'input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]';
  const typing = event => !!event.target.closest?.(fields);
  const modal = () => $('dialog:modal');

  /* An address inside the tenant: tc.url('/palette') is /t/demo/palette. */
  const url = path => (html.dataset.base ?? '') + path;
  const token = () => JSON.parse(document.body.getAttribute('hx-headers:inherited') ?? '{}');
  const post = (address, form = new FormData()) => fetch(address, { method: 'POST', body: form, headers: { 'HX-Request': 'true', ...token() } });

  window.tc = { $, $$, L, icon, element, typing, modal, url, post };
})();
