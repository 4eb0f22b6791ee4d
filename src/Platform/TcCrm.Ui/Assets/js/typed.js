/* What was typed when the session had ended: kept in this tab until its user is back, given back to nobody else, gone after half an hour. */
(() => {
  'use strict';
  const { $, $$, L, element } = window.tc;
  const place = `tc-typed:${document.documentElement.dataset.base ?? ''}`;
  const longest = 30 * 60 * 1000;
  const largest = 500_000;
  const secret = '[type=password],[type=file],[name=__RequestVerificationToken]';
  const user = document.body.dataset.tcUser;
  const here = location.pathname + location.search;

  const read = () => JSON.parse(sessionStorage.getItem(place) ?? 'null');
  const drop = () => sessionStorage.removeItem(place);
  const fieldsOf = form => [...form.elements].filter(field => field.name && 'value' in field && field.tagName !== 'BUTTON' && !field.matches(secret));
  const isTyped = field => field.type !== 'hidden';

  const write = typed => {
    const text = JSON.stringify(typed);
    if (text.length <= largest) sessionStorage.setItem(place, text);
  };

  const stateOf = field => ({
    name: field.name,
    value: field.value,
    on: field.checked,
    options: field.multiple ? [...field.selectedOptions].map(option => option.value) : undefined,
  });

  document.addEventListener('submit', event => {
    const form = event.target;
    if (!user) return;
    drop();
    if (form.method !== 'post' || form.matches('[data-tc-forget]') || !fieldsOf(form).some(isTyped)) return;
    write({ user, page: here, form: $$('form').indexOf(form), at: Date.now(), fields: fieldsOf(form).map(stateOf) });
  });

  /* The page itself could not send it. */
  document.addEventListener('tc:lost', () => {
    const sent = read();
    if (sent) write({ ...sent, lost: true });
  });

  const fill = (field, state) => {
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = state.on;
    else if (state.options) for (const option of field.options) option.selected = state.options.includes(option.value);
    else field.value = state.value;
  };

  /* Fields of one name are told apart by their order, boxes and circles by their value. */
  const give = (form, states) => {
    const fields = fieldsOf(form);
    for (const field of fields) {
      const alike = states.filter(state => state.name === field.name);
      const byValue = field.type === 'checkbox' || field.type === 'radio';
      const state = byValue ? alike.find(each => each.value === field.value) : alike[fields.filter(each => each.name === field.name).indexOf(field)];
      if (state) fill(field, state);
    }
    if ('tcDirty' in form.dataset) form.dataset.tcDirty = '1';
    const note = element('p', 'tc-note tone-amber', L('You had been signed out. What you typed is back; look it over and save.'));
    note.setAttribute('role', 'status');
    form.prepend(note);
    note.scrollIntoView({ block: 'nearest' });
  };

  const typed = read();
  if (!typed) return;
  const asksAgain = !user || !!$('[data-tc-refused]');
  if (Date.now() - typed.at > longest || (user && typed.user !== user)) drop();
  else if (asksAgain) {
    write({ ...typed, lost: true });
    const told = $('[data-tc-refused]');
    if (told) told.hidden = false;
  }
  else if (!typed.lost) drop();
  else if (typed.page === here) {
    const form = $$('form')[typed.form];
    drop();
    if (form) give(form, typed.fields);
  }
})();
