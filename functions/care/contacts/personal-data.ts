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
    of: 'customer_id IN $customers OR root_id IN $accounts OR address IN $addresses',
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
    of: `contact_id IN $contacts OR root_id IN $accounts OR (root_id IN $roots AND customer_id IN $customers)`,
    columns: { what: { to: "CASE WHEN what IS NULL THEN NULL ELSE '—' END" } },
    team: teamsAlone,
  },
  contact_task_acts: { ...numbersOf('task_id IN $contact_tasks'), team: teamsAlone },
};
