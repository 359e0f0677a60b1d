import { keptFor } from '../../ground/settings/kept-for.ts';

export const looksMonths = keptFor({
  key: 'looksMonths',
  standard: '24',
  choices: ['3', '6', '12', '24', '36', '60', '120', 'always'],
  about: 'it is told who of the business looked at whose data, which is',
});
