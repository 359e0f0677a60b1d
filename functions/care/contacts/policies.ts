import { keptFor } from '../../ground/settings/kept-for.ts';

export const contactMonths = keptFor({
  key: 'contactMonths',
  standard: '36',
  about: 'what was written down of calls, meetings and letters, and files that came with them, are',
});
