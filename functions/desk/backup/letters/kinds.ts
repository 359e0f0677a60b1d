import { z } from 'zod';
import { backupFailures } from '../../../../db/schema/index.ts';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

export const backupMails = {
  /** To owners: a backup of the schedule was not made, and why. */
  backup_failed: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ failure: z.enum(backupFailures) }),
    link: () => '/console/settings/backups',
  }),
  /** To owners: a backup was tried and could not be restored, or has not all that was counted when it was made. */
  backup_drill_failed: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      madeAt: z.number().nullable(),
      failure: z.enum(backupFailures).nullable(),
      differences: z.number().nullable(),
      orders: z.number().nullable(),
      ordersMade: z.number().nullable(),
      entries: z.number().nullable(),
      entriesMade: z.number().nullable(),
      /** Letters that wait from before it was told have none. */
      filesMissing: z.number().nullable().optional(),
    }),
    link: () => '/console/settings/backups',
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof backupMails> {}
}
