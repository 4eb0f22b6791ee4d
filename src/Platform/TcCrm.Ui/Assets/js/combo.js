/* <tc-combo>: an ARIA combobox over a listbox that htmx fills. Choosing an option writes data-value into the hidden input. */
(() => {
  'use strict';
  const { $, $$ } = window.tc;

  class Combo extends HTMLElement {
    connectedCallback() {
      this.box = $('[role=combobox]', this);
      this.pop = $('[data-pop]', this);
      this.addEventListener('htmx:after:swap', () => this.show(this.options.length > 0 || !!$('.tc-empty', this.pop)));
      this.addEventListener('focusout', event => { if (!this.contains(event.relatedTarget)) this.show(false); });
      this.box.addEventListener('input', () => this.changed());
      this.box.addEventListener('focus', () => { if (this.box.value.trim() && this.options.length) this.show(true); });
      this.box.addEventListener('keydown', event => this.keyed(event));
      this.pop.addEventListener('click', event => this.choose(event.target.closest('[role=option]')));
      this.pop.addEventListener('pointerdown', event => event.preventDefault());
    }

    get options() {
      return $$('[role=option]', this.pop);
    }

    changed() {
      const value = $('input[type=hidden]', this);
      if (value) value.value = '';
      if (!this.box.value.trim()) this.show(false);
    }

    keyed(event) {
      const options = this.options;
      const at = options.findIndex(option => option.ariaSelected === 'true');
      if (event.isComposing) return;
      if (event.key === 'ArrowDown') this.mark(at + 1);
      else if (event.key === 'ArrowUp') this.mark(at - 1);
      else if (event.key === 'Enter' && at >= 0 && !this.pop.hidden) options[at].click();
      else if (event.key === 'Escape' && !this.pop.hidden) this.show(false);
      else return;
      event.preventDefault();
    }

    mark(at) {
      const options = this.options;
      for (const option of options) option.removeAttribute('aria-selected');
      const chosen = options[(at + options.length) % options.length];
      if (!chosen) return;
      chosen.ariaSelected = 'true';
      this.box.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    }

    choose(option) {
      const value = $('input[type=hidden]', this);
      if (!option || !value) return;
      value.value = option.dataset.value ?? '';
      this.box.value = option.dataset.label ?? option.textContent.trim();
      this.show(false);
      value.dispatchEvent(new Event('change', { bubbles: true }));
    }

    show(on) {
      this.pop.hidden = !on;
      this.box.ariaExpanded = on;
      if (!on) this.box.removeAttribute('aria-activedescendant');
    }
  }

  customElements.define('tc-combo', Combo);
})();
