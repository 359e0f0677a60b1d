import { keptFor } from '../../ground/settings/kept-for.ts';

export const importMonths = keptFor({
  key: 'importMonths',
  standard: '1',
  choices: ['1', '3', '6', '12'],
  about: 'rows that an import refused, as a file to be mended, are',
});
