/* Forms: password reveal, drop zones, one-time codes, questions before a step, unsaved changes. */
(() => {
  'use strict';
  const { $ } = window.tc;

  document.addEventListener('click', event => {
    const reveal = event.target.closest('[data-tc-reveal]');
    if (!reveal) return;
    const field = document.getElementById(reveal.dataset.tcReveal);
    const on = field.type === 'password';
    field.type = on ? 'text' : 'password';
    reveal.setAttribute('aria-pressed', on);
  });

  document.addEventListener('click', event => { if (event.target.closest('[data-tc-print]')) print(); });

  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, event => {
      event.target.closest?.('.tc-drop')?.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
    });
  }

  /* A drop zone says which file was chosen; with data-tc-submit it sends the form at once. */
  document.addEventListener('change', event => {
    const field = event.target;
    if (field.matches?.('.tc-drop > input[type=file]') && field.files.length) {
      const name = $('[data-tc-file]', field.parentElement);
      if (name) name.textContent = [...field.files].map(file => file.name).join(', ');
    }
    if (field.matches?.('[data-tc-submit]')) field.form?.requestSubmit();
  });

  document.addEventListener('input', event => {
    const field = event.target;
    if (field.matches?.('.otp') && /^\d{6}$/.test(field.value)) field.form?.requestSubmit();
    const form = field.closest?.('form[data-tc-dirty]');
    if (form) form.dataset.tcDirty = '1';
  });

  document.addEventListener('submit', event => {
    if (event.target.dataset?.tcDirty) event.target.dataset.tcDirty = '';
  });

  addEventListener('beforeunload', event => {
    if ($('form[data-tc-dirty="1"]')) event.preventDefault();
  });
})();
