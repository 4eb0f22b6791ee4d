/* <tc-list>: row focus, range selection, bulk bar. It listens on itself, so swaps inside it do not matter. */
(() => {
  'use strict';
  const { $, $$, L, typing, modal } = window.tc;

  class List extends HTMLElement {
    connectedCallback() {
      this.addEventListener('click', event => this.clicked(event));
      this.addEventListener('keydown', event => this.keyed(event));
      this.addEventListener('htmx:after:swap', () => this.sync());
      this.enter = event => {
        if (!/^[jk]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
        if (!typing(event) && !this.contains(document.activeElement) && !modal()) $('tbody tr[tabindex="0"]', this)?.focus();
      };
      document.addEventListener('keydown', this.enter);
      this.sync();
    }

    disconnectedCallback() {
      document.removeEventListener('keydown', this.enter);
    }

    get boxes() {
      return $$('tbody input.tc-check', this);
    }

    clicked(event) {
      const box = event.target.closest('input.tc-check');
      const row = event.target.closest('tbody tr');
      if (event.target.closest('[data-tc-clear]')) this.check(this.boxes, false);
      else if (box) this.tick(box, event.shiftKey);
      else if (event.target.closest('[data-peek]')) this.mark(row);
      else if (row && !event.target.closest('a,button,label')) this.peek(row);
    }

    keyed(event) {
      const row = event.target.closest('tbody tr');
      if (!row || typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const box = $('input.tc-check', row);
      if (event.key === 'ArrowDown' || event.key === 'j') this.move(row, row.nextElementSibling);
      else if (event.key === 'ArrowUp' || event.key === 'k') this.move(row, row.previousElementSibling);
      else if ((event.key === 'x' || event.key === ' ') && box && event.target === row) this.check([box], !box.checked);
      else if (event.key === 'Enter' && event.target === row) this.peek(row);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    tick(box, range) {
      const boxes = this.boxes;
      if (box.dataset.all !== undefined) return this.check(boxes, box.checked);
      if (range && this.last) {
        const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
        this.check(boxes.slice(from, to + 1), box.checked);
      }
      this.last = box;
      this.sync();
    }

    check(boxes, on) {
      for (const box of boxes) box.checked = on;
      this.sync();
    }

    move(from, to) {
      if (!to) return;
      from.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    }

    mark(row) {
      for (const old of $$('tr[aria-current]', this)) old.removeAttribute('aria-current');
      row?.setAttribute('aria-current', 'true');
    }

    peek(row) {
      const link = $('[data-peek]', row) ?? $('th a, td a', row);
      if (link?.matches('[data-peek]')) this.mark(row);
      link?.click();
    }

    sync() {
      const boxes = this.boxes;
      const count = boxes.filter(box => box.checked).length;
      const all = $('[data-all]', this);
      const bar = $('.tc-bulk', this);
      if (all) {
        all.checked = count > 0 && count === boxes.length;
        all.indeterminate = count > 0 && count < boxes.length;
      }
      if (bar) {
        bar.hidden = count === 0;
        $('.cnt', bar).textContent = L('{0} selected', count);
      }
      const rows = $$('tbody tr', this);
      if (rows.length && !rows.some(row => row.tabIndex === 0)) rows[0].tabIndex = 0;
    }
  }

  customElements.define('tc-list', List);

  /* Columns move where they stand; without script each step is a form. */
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-tc-columns] button');
    if (!button) return;
    event.preventDefault();
    const row = button.closest('li');
    const isUp = button.hasAttribute('data-tc-up');
    const other = isUp ? row.previousElementSibling : row.nextElementSibling;
    if (isUp) other?.before(row);
    else other?.after(row);
    button.focus();
  });
})();
