import { orderReferences, paperHolders, paperLayouts, papers } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { dropOldBuyers } from './drop-buyers.ts';
import { exportPapers } from './export-papers.ts';
import { followOrders, papersFollower } from './follow-orders.ts';
import { paperMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';
import {
  creditNotePrefix,
  invoiceAddress,
  invoiceBank,
  invoiceMonths,
  invoiceName,
  invoiceNote,
  invoicePrefix,
  invoiceTaxNumber,
  invoiceWhen,
} from './policies.ts';
import { paperRoutes } from './routes.ts';

const historyKinds = ['invoice_issued', 'credit_note_issued'] as const;
const auditKinds = ['invoice.issued', 'credit-note.issued', 'paper.sent', 'papers.exported'] as const;

export const papersRoom: Room = {
  name: 'papers',
  kept: 'orders',
  routes: paperRoutes,
  policies: [
    ...[invoiceName, invoiceAddress, invoiceTaxNumber, invoiceBank, invoiceNote],
    ...[invoiceWhen, invoicePrefix, creditNotePrefix],
  ],
  retentions: [{ policy: invoiceMonths, drop: dropOldBuyers }],
  historyKinds,
  auditKinds,
  letters: declareLetters(paperMails),
  conflicts: ['papers.order_id', 'papers.kind'],
  followers: [papersFollower],
  jobs: [{ name: 'papers', everyMinutes: 1, run: followOrders }],
  exports: [
    {
      name: 'papers',
      about:
        'Invoices and credit notes in the sequence of their issue; amounts of credit notes are negative. The days are those of issue.',
      open: exportPapers,
    },
  ],
  tables: [
    takenHome(papers),
    takenHome(paperHolders),
    takenHome(paperLayouts),
    takenHome(orderReferences, { after: ['orders'] }),
  ],
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
