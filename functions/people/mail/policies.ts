import { keptFor } from '../../ground/settings/kept-for.ts';

export const mailMonths = keptFor({
  key: 'mailMonths',
  standard: '36',
  about: 'the words of mails, sent and received, are',
});
