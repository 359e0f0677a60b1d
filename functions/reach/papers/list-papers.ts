import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { mayReadPersonal, mayReadPrivate } from '../../ground/platform/personal.ts';
import {
  type AccountChoice,
  choiceOf,
  choosePlace,
  listOrderPlaces,
} from '../../money/accounts/own-places.ts';
import { isInPlace } from '../../money/accounts/places.ts';
import { noteLook } from '../../people/looks/note-look.ts';
import { findPaper, listFound, listNewest, listOfPlaces, type PaperBriefRow } from './queries.ts';
import { type Paper, type PaperBrief, toBrief, toPaper } from './whole-paper.ts';

const PAPERS_A_PAGE = 50;
/** Behind every id, and every letter. */
const LAST = '~';

export interface PapersPage {
  items: PaperBrief[];
  nextCursor: string | null;
}

/**
 * All papers for staff and programs, the newest first; with `search` those whose number, or that of whose order, begins like it.
 * @throws {AppError} `validation_failed` for a wrong cursor, `forbidden`, `scope_missing`
 */
export async function listPapers(
  ctx: Context,
  { search = null, cursor = null }: { search?: string | null; cursor?: string | null } = {},
): Promise<PapersPage> {
  allow(ctx.actor, 'orders:read');
  const asked = { before: placeOf(cursor), limit: PAPERS_A_PAGE + 1 };
  const text = search?.trim() ?? '';
  return pageOf(
    text === ''
      ? await listNewest(ctx.db, asked)
      : await listFound(ctx.db, { ...asked, from: text, to: `${text}\u{10ffff}` }),
  );
}

/** One paper, by its id. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getPaper(ctx: Context, { id }: { id: string }): Promise<Paper> {
  allow(ctx.actor, 'orders:read');
  const row = await findPaper(ctx.db, { id });
  if (row === null) throw gone();
  noteLook(ctx, { customerId: row.customerId, what: 'order' });
  return shownTo(ctx, toPaper(row));
}

/** Analysts are told who bought by name and address of mail alone, and keys only where they may read customers. */
function shownTo({ actor }: Pick<Context, 'actor'>, paper: Paper): Paper {
  const { buyer } = paper;
  if (actor.kind === 'key' && !mayReadPersonal(actor)) return { ...paper, buyer: null };
  if (buyer === null || mayReadPrivate(actor)) return paper;
  return { ...paper, buyer: { ...buyer, address: '', taxNumber: '', references: [] } };
}

/**
 * The papers of what the signed-in customer sees, of all their accounts or of the one that is named: as they see orders.
 * @throws {AppError} `not_found` for an account that is not theirs, `validation_failed` for a wrong cursor
 */
export async function listOwnPapers(
  ctx: Context,
  { accountId = null, cursor = null }: { accountId?: string | null; cursor?: string | null } = {},
): Promise<PapersPage & { accounts: AccountChoice[] }> {
  const all = await listOrderPlaces(ctx);
  const places = accountId === null ? all : [await choosePlace(ctx, all, accountId)];
  const rows = await listOfPlaces(ctx.db, {
    places: JSON.stringify(places.map((one) => [one.rootId, one.departments, one.onlyOrdersOf])),
    ...{ before: placeOf(cursor), limit: PAPERS_A_PAGE + 1 },
  });
  return { ...pageOf(rows), accounts: all.map(choiceOf) };
}

/** One of them. @throws {AppError} `not_found`, also for one that was not issued to them */
export async function getOwnPaper(ctx: Context, { id }: { id: string }): Promise<Paper> {
  const [row, places] = await Promise.all([findPaper(ctx.db, { id }), listOrderPlaces(ctx)]);
  if (row === null || !places.some((place) => isInPlace(place, row))) throw gone();
  return toPaper(row);
}

const gone = () => new AppError('not_found', 'There is no such paper.');

const placeOf = (cursor: string | null): string =>
  cursor === null ? LAST : (decodeCursor(z.tuple([z.string().max(100)]), cursor)[0] ?? LAST);

function pageOf(rows: readonly PaperBriefRow[]): PapersPage {
  const page = rows.slice(0, PAPERS_A_PAGE);
  const last = rows.length > PAPERS_A_PAGE ? page.at(-1) : undefined;
  return { items: page.map(toBrief), nextCursor: last === undefined ? null : encodeCursor([last.id]) };
}
