import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

/**
 * Whether keys of the console act for the member of the team who asks: single letters stand in the way of some who speak to
 * their computer (WCAG 2.1.4).
 * @throws {AppError} `forbidden`
 */
export async function switchKeys({ db, actor }: Context, { isOn }: { isOn: boolean }): Promise<void> {
  if (actor.kind !== 'staff') throw new AppError('forbidden', 'Only the team has keys of the console.');
  await db.write([statement('UPDATE staff SET keys_off = ? WHERE id = ?', isOn ? 0 : 1, actor.id)]);
}
