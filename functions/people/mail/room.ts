import { mailEvents, mailPreferences, notices, outbox, suppressions } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { deliverMail } from './deliver-mail.ts';
import { failedRows } from './list-failures.ts';
import { webhookRoutes } from './routes.ts';

const historyKinds = ['mail_topic_on', 'mail_topic_off', 'mail_resumed'] as const;
const auditKinds = ['mail.resumed', 'mail.sent-again', 'mail.dropped', 'mail.tested'] as const;

export const mailRoom: Room = {
  name: 'mail',
  hooks: webhookRoutes,
  historyKinds,
  auditKinds,
  jobs: [{ name: 'mail', everyMinutes: 1, run: deliverMail, isLast: true }],
  waiting: [{ section: 'console-mail', what: 'mail', path: '/console/mail', rows: failedRows }],
  tables: [
    takenHome(outbox, {
      only: () => '(sent_at IS NOT NULL OR withheld_at IS NOT NULL)',
      without: { rendered: () => null },
      standing: 'stay',
      lifts: ['outbox_without_address'],
    }),
    takenHome(mailPreferences),
    takenHome(mailEvents, { standing: 'stay' }),
    takenHome(suppressions, { standing: 'stay' }),
    takenHome(notices),
  ],
  personalData: {
    outbox: ['params', 'address', 'language', 'rendered', 'letter', 'failure'],
    mail_events: ['detail'],
    suppressions: ['address'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
