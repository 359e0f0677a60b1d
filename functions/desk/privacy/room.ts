import type { KindsOf, Room } from '../../ground/room.ts';
import { keepPeriods } from './keep-periods.ts';

const auditKinds = ['data.forgotten', 'customer.data-exported'] as const;

/** What of customers is kept, and for how long. */
export const privacyRoom: Room = {
  name: 'privacy',
  auditKinds,
  jobs: [{ name: 'periods', everyMinutes: 24 * 60, run: keepPeriods }],
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
