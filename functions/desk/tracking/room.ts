import { declareLetters } from '../../ground/outbox/letters.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { trackingMails } from './letters/kinds.ts';
import { linkInMail } from './link-in-mail.ts';
import { personalData } from './personal-data.ts';
import { trackingRoutes } from './routes.ts';

const auditKinds = ['order.links-ended'] as const;

export const trackingRoom: Room = {
  name: 'tracking',
  kept: 'orders',
  routes: trackingRoutes,
  letters: declareLetters(trackingMails),
  mailContent: linkInMail,
  auditKinds,
  tablesLeft: {
    order_link_endings: { why: 'Links in mails open orders of one portal alone.' },
  },
  personalData,
};

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
