import {
  blanked,
  emptied,
  numbersOf,
  ofTeam,
  type PersonalData,
  teamsAlone,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  customer_figures: { of: 'customer_id IN $customers', columns: { name_key: emptied }, isDeleted: true },
  customer_notes: {
    // A merge copied them to whom it was undone from since.
    of: `customer_id IN $customers OR (customer_id IN (SELECT survivor_id FROM customer_merges WHERE merged_id IN $customers)
      AND EXISTS (SELECT 1 FROM customer_notes AS own WHERE own.customer_id IN $customers AND own.at = customer_notes.at
        AND own.actor = customer_notes.actor AND own.text = customer_notes.text))`,
    columns: { text: blanked },
    isDeleted: true,
    team: teamsAlone,
  },
  audit_log: {
    ...numbersOf("subject_kind = 'customer' AND subject_id IN $customers"),
    team: ofTeam('detail'),
  },
};
