import { each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  attention_sayings: numbersOf('root_id IN $accounts'),
  attention_acts: { of: 'saying_id IN $attention_sayings', columns: { note: emptied } },
  lapsed_calls: {
    of: 'root_id IN $accounts',
    columns: { ...each(emptied, 'first_words', 'real_words'), answers: { to: "'[]'" } },
  },
  need_shares: { of: 'root_id IN $accounts', columns: { others: emptied } },
};
