import { keptFor } from '../../ground/settings/kept-for.ts';

export const returnFileMonths = keptFor({
  key: 'returnFileMonths',
  standard: '36',
  about: 'pictures and labels of returns are',
});
