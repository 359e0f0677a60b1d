/** What a rule may be asked, and how its value is given, follows its field: choosing another draws the form anew. */
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || !target.matches('select[data-again]')) return;
  const show = target.form?.querySelector<HTMLButtonElement>('button[value="show"]');
  if (show) target.form?.requestSubmit(show);
});
