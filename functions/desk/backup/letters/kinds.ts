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
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof backupMails> {}
}
