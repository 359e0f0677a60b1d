import {
  contactAttachments,
  contactEntries,
  contactMails,
  contacts,
  contactTaskActs,
  contactTasks,
  taskMails,
  taskMailWishes,
} from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { contactOccasion } from './ask-about.ts';
import { dropOldWords } from './drop-old-words.ts';
import { contactMailKinds } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import { contactMonths } from './policies.ts';
import { contactRoutes } from './routes.ts';
import { contactFields } from './segment-fields.ts';
import { takeMailAsContact } from './take-mail.ts';
import { mailTasks } from './task-mail/mail-tasks.ts';
import { countDueTasks } from './tasks/list-tasks.ts';
import { unaskedContacts } from './unasked-contacts.ts';

const historyKinds = [
  'contact_in',
  'contact_out',
  'contact_missed',
  'contact_unreached',
  'contact_corrected',
  'contact_withdrawn',
  'contact_tied',
  'step_moved',
  'step_handed',
  'step_done',
  'step_dropped',
  'step_reopened',
  'step_planned',
  'step_stopped',
] as const;
const auditKinds = [
  'contact.logged',
  'contact.corrected',
  'contact.withdrawn',
  'contact.tied',
  'contacts.exported',
  'task.moved',
  'task.handed',
  'task.done',
  'task.dropped',
  'task.reopened',
] as const;

export const contactsRoom: Room = {
  name: 'contacts',
  retentions: [{ policy: contactMonths, drop: dropOldWords }],
  kept: 'contacts',
  routes: contactRoutes,
  jobs: [{ name: 'task-mails', everyMinutes: 5, run: mailTasks }],
  letters: declareLetters(contactMailKinds),
  mailTaker: takeMailAsContact,
  surveyOccasion: contactOccasion,
  unasked: unaskedContacts,
  segmentFields: contactFields,
  historyKinds,
  auditKinds,
  conflicts: ['contact_entries.contact_id', 'contact_task_acts.task_id'],
  waiting: [
    { section: 'console-contacts', what: 'tasks', path: '/console/contacts/day', count: countDueTasks },
    {
      section: 'console-contacts',
      what: 'unknown_contacts',
      path: '/console/contacts?only=unknown',
      rows: 'SELECT 1 FROM contacts WHERE root_id IS NULL AND withdrawn_at IS NULL',
    },
  ],
  tables: [
    takenHome(contacts),
    takenHome(contactEntries),
    takenHome(contactMails),
    takenHome(contactAttachments, { files: { name: 'stored_as', sha256: 'sha256' } }),
    takenHome(contactTasks),
    takenHome(contactTaskActs),
    takenHome(taskMailWishes),
    takenHome(taskMails),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
