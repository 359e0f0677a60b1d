import { each, emptied, numbersOf, ofTeam, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  attention_sayings: {
    ...numbersOf('root_id IN $accounts'),
    team: ofTeam('assigned_to', 'snoozed_until', 'outcome'),
  },
  attention_acts: {
    of: 'saying_id IN $attention_sayings',
    columns: { note: emptied },
    team: ofTeam('note', 'outcome'),
  },
  lapsed_calls: {
    of: 'root_id IN $accounts',
    columns: { ...each(emptied, 'first_words', 'real_words'), answers: { to: "'[]'" } },
  },
  need_shares: { of: 'root_id IN $accounts', columns: { others: emptied } },
};
