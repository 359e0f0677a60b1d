import { allow } from '../../ground/platform/allow.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type ChapterName, chapters, chaptersFor } from './chapters.ts';
import { findBegan, listNotes, listReadBy } from './queries.ts';

/** How long after they came somebody is told of the guide on Today. */
const NEW_DAYS = 30;

/** A chapter of the guide. */
export interface Chapter {
  name: ChapterName;
  path: string;
  /** What the business says beside it. */
  note: string | null;
  /** When who asks has read it; null for not yet. */
  readAt: number | null;
}

/** The guide as who asks has it, by their role; the whole for programs. @throws {AppError} `forbidden`, `scope_missing` */
export async function getGuide(ctx: Context): Promise<Chapter[]> {
  allow(ctx.actor, 'feedback:read');
  const { actor } = ctx;
  const own = actor.kind === 'staff' ? chaptersFor(actor.role) : chapters;
  const [notes, reads] = await Promise.all([
    listNotes(ctx.db),
    actor.kind === 'staff' ? listReadBy(ctx.db, { staffId: actor.id }) : [],
  ]);
  return own.map(({ name, path }) => ({
    ...{ name, path },
    note: notes.find(({ chapter }) => chapter === name)?.text ?? null,
    readAt: reads.find(({ chapter }) => chapter === name)?.at ?? null,
  }));
}

/** How far somebody new is, for Today; null for who has read all, or is here for long. */
export async function getGuideReminder(ctx: Context): Promise<{ read: number; of: number } | null> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') return null;
  const [[began], reads] = await Promise.all([
    findBegan(ctx.db, { staffId: actor.id }),
    listReadBy(ctx.db, { staffId: actor.id }),
  ]);
  const own = chaptersFor(actor.role);
  const read = own.filter(({ name }) => reads.some(({ chapter }) => chapter === name)).length;
  const isNew = began !== undefined && ctx.now() - began.at < NEW_DAYS * DAY_MS;
  return isNew && read < own.length ? { read, of: own.length } : null;
}
