import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { hashOf } from '../../ground/platform/ids.ts';
import { findDraftOf, findSessionRow } from './queries.ts';

/** How long what was typed waits, and how long a session that is over tells whose it was. */
export const DRAFT_KEPT_MS = 7 * DAY_MS;
const DRAFT_LENGTH_MAX = 32_000;

/** What was typed into a form, by the names of its fields in their order. */
export type TypedFields = readonly (readonly [name: string, value: string])[];

export interface FormDraft {
  /** Where the form is, with its query. */
  path: string;
  fields: TypedFields;
}

/** Fields that hold what nobody may keep. */
const secretName = /secret|password|passcode|token|code|^key$/i;
const shape = z.array(z.tuple([z.string(), z.string()]));

/**
 * Keeps what somebody of the team typed when their session was over: for them alone, the last form, a week at most. Secrets
 * and more than 32,000 characters are not kept.
 * @returns whether it was kept
 */
export async function keepDraft(
  ctx: Pick<Context, 'db' | 'now'>,
  { sessionToken, path, fields }: FormDraft & { sessionToken: string },
): Promise<boolean> {
  const session = await findSessionRow(ctx.db.fresh, { hash: hashOf(sessionToken) });
  const staff = session?.staff;
  const kept = JSON.stringify(fields.filter(([name, value]) => value !== '' && !secretName.test(name)));
  if (staff == null || staff.disabledAt !== null || kept.length > DRAFT_LENGTH_MAX) return false;
  await ctx.db.write([
    statement(
      `INSERT INTO form_drafts (staff_id, path, fields, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (staff_id) DO UPDATE SET path = excluded.path, fields = excluded.fields, at = excluded.at`,
      staff.id,
      path,
      kept,
      ctx.now(),
    ),
  ]);
  return true;
}

/** What waits for whoever is signed in; null for others than staff, and where nothing does. */
export async function findDraft({
  db,
  actor,
  now,
}: Pick<Context, 'db' | 'actor' | 'now'>): Promise<FormDraft | null> {
  if (actor.kind !== 'staff') return null;
  const draft = await findDraftOf(db.fresh, { staffId: actor.id });
  if (draft === null || draft.at < now() - DRAFT_KEPT_MS) return null;
  return { path: draft.path, fields: shape.parse(JSON.parse(draft.fields)) };
}

/** Forgets it: the form was sent again. */
export async function dropDraft({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<void> {
  if (actor.kind === 'staff')
    await db.write([statement('DELETE FROM form_drafts WHERE staff_id = ?', actor.id)]);
}
