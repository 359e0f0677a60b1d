import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  contacts: {
    of: 'customer_id IN $customers OR root_id IN $accounts OR address IN $addresses',
    columns: each(emptied, 'number', 'address', 'summary', 'mood'),
  },
  contact_entries: { of: 'contact_id IN $contacts', columns: { content: { to: "'{}'" } } },
  contact_mails: { of: 'contact_id IN $contacts', columns: each(emptied, 'subject', 'quoted', 'left_out') },
  contact_attachments: {
    of: 'contact_id IN $contacts',
    columns: each(blanked, 'name', 'stored_as'),
    isDeleted: true,
  },
  contact_tasks: {
    of: `contact_id IN $contacts OR root_id IN $accounts OR (root_id IN $roots AND customer_id IN $customers)`,
    columns: { what: { to: "CASE WHEN what IS NULL THEN NULL ELSE '—' END" } },
  },
  contact_task_acts: numbersOf('task_id IN $contact_tasks'),
};
