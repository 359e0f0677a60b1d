import { mailEvents, notices, outbox, receivedMails, suppressions } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { deliverMail } from './deliver-mail.ts';
import { dropOldMails } from './drop-old-mails.ts';
import { failedMailRows } from './incoming/failed-mails.ts';
import { takeMail } from './incoming/take-mail.ts';
import { failedRows } from './list-failures.ts';
import { personalData } from './personal-data.ts';
import { mailMonths } from './policies.ts';
import { webhookRoutes } from './routes.ts';
import { mailFields } from './segment-fields.ts';

const historyKinds = ['mail_resumed'] as const;
const auditKinds = [
  'mail.resumed',
  'mail.sent-again',
  'mail.dropped',
  'mail.tested',
  'mail.fetched-again',
  'mail.discarded',
  'mail.assigned',
] as const;

export const mailRoom: Room = {
  name: 'mail',
  kept: 'mail',
  retentions: [{ policy: mailMonths, drop: dropOldMails }],
  segmentFields: mailFields,
  hooks: webhookRoutes,
  historyKinds,
  auditKinds,
  jobs: [
    { name: 'replies', everyMinutes: 1, run: takeMail },
    { name: 'mail', everyMinutes: 1, run: deliverMail, isLast: true },
  ],
  waiting: [
    { section: 'console-mail', what: 'mail', path: '/console/mail', rows: failedRows },
    {
      section: 'console-contacts',
      what: 'failed_mails',
      path: '/console/contacts/mails',
      rows: failedMailRows,
    },
  ],
  tables: [
    takenHome(outbox, {
      only: () => '(sent_at IS NOT NULL OR withheld_at IS NOT NULL)',
      without: { rendered: () => null },
      standing: 'stay',
      lifts: ['outbox_without_address'],
    }),
    takenHome(mailEvents, { standing: 'stay' }),
    takenHome(suppressions, { standing: 'stay' }),
    takenHome(notices),
    takenHome(receivedMails, { standing: 'stay' }),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
