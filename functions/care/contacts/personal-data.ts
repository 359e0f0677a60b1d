import {
  blanked,
  each,
  emptied,
  numbersOf,
  ofTeam,
  type PersonalData,
  teamsAlone,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  contacts: {
    // One from their household, number or address may be another customer's.
    of: `customer_id IN $customers OR (customer_id IS NULL AND root_id IN $accounts)
      OR (customer_id IS NULL AND address IN $addresses) OR (customer_id IS NULL AND number IN $numbers)`,
    also: [
      'UPDATE contacts SET address = NULL WHERE address IN $addresses AND customer_id NOT IN $customers',
      'UPDATE contacts SET number = NULL WHERE number IN $numbers AND customer_id NOT IN $customers',
    ],
    columns: each(emptied, 'number', 'address', 'summary', 'mood'),
    // The words of a mail are the customer's, or were sent to them.
    team: { columns: { mood: 'TRUE', summary: "channel <> 'mail'" } },
  },
  contact_entries: {
    of: 'contact_id IN $contacts',
    columns: { content: { to: "'{}'" } },
    team: ofTeam('content'),
  },
  contact_mails: { of: 'contact_id IN $contacts', columns: each(emptied, 'subject', 'quoted', 'left_out') },
  contact_attachments: {
    of: 'contact_id IN $contacts',
    columns: each(blanked, 'name', 'stored_as'),
    isDeleted: true,
  },
  contact_tasks: {
    of: `contact_id IN $contacts OR (root_id IN $accounts AND customer_id IS NULL)
      OR (root_id IN $roots AND customer_id IN $customers)`,
    columns: { what: { to: "CASE WHEN what IS NULL THEN NULL ELSE '—' END" } },
    team: teamsAlone,
  },
  contact_task_acts: { ...numbersOf('task_id IN $contact_tasks'), team: teamsAlone },
};
