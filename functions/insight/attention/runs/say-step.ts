import type { Context } from '../../../ground/platform/context.ts';
import { listBuyingFacts } from '../../facts/list-windows.ts';
import { attentionLists } from '../lists.ts';
import { type AttentionRun, listStanding } from '../queries.ts';
import { DRAWN_EACH, drawSome } from '../rules/draw.ts';
import { comparableTo, type ListSaying, markOf, type Subject, sayOf } from '../rules/say.ts';
import { type AskedLists, loadKnown } from './load-known.ts';
import type { AttentionStep } from './step.ts';
import { type Drawn, type NewSaying, writePage } from './write-page.ts';

const ACCOUNTS_PER_UNIT = 300;
/** Behind every id. */
const END = '~';

/** Asks all lists about the next accounts, by their ids: who comes, who leaves, and some like them, drawn by chance. */
export async function takeSayStep(
  ctx: Context,
  run: AttentionRun,
  asking: AskedLists & { callerId: string | null },
): Promise<AttentionStep> {
  const db = ctx.db.fresh;
  const page = await listBuyingFacts(db, { after: run.reached, limit: ACCOUNTS_PER_UNIT });
  const isLast = page.length < ACCOUNTS_PER_UNIT;
  const reached = isLast ? END : (page.at(-1)?.id ?? END);
  const [known, standing] = await Promise.all([
    loadKnown(db, page, asking),
    listStanding(db, { after: run.reached, until: reached }),
  ]);
  const asked = { today: run.day, medianMinor: run.medianMinor };
  const stands = new Map(standing.map((row) => [keyOf(row.rootId, row), row.id]));
  const still = new Set<string>();
  const came: NewSaying[] = [];
  const comparable: Drawn[] = [];
  for (const [rootId, account] of known) {
    const isOn = (subject: Subject) => stands.has(keyOf(rootId, subject));
    const mark = markOf(account);
    for (const said of sayOf(account, asked, isOn)) {
      const id = stands.get(keyOf(rootId, said));
      if (id === undefined) came.push(newSaying(rootId, said, { mark, valueMinor: account.yearMinor }));
      else still.add(id);
    }
    for (const { list, departmentId } of comparableTo(account, asked))
      comparable.push({ list, departmentId, rootId, mark: list === 'shifts' ? mark : null });
  }
  return {
    ...(isLast ? { stage: 'done', reached: '' } : { reached }),
    rows: writePage(ctx, {
      day: run.day,
      callerId: asking.callerId,
      left: standing.flatMap(({ id }) => (still.has(id) ? [] : [id])),
      came,
      drawn: drawFor(came, comparable, run.day),
    }),
  };
}

const keyOf = (rootId: string, { list, departmentId }: Subject) => `${rootId} ${list} ${departmentId}`;

function newSaying(
  rootId: string,
  said: ListSaying,
  { mark, valueMinor }: { mark: Drawn['mark']; valueMinor: bigint },
): NewSaying {
  if (said.list !== 'shifts' || mark === null) return { ...said, rootId, valueMinor, mark: null };
  const isBelow = said.reasons.some(({ code }) => /_fell$/.test(code));
  return { ...said, rootId, valueMinor, mark: { ...mark, isBelow } };
}

function drawFor(came: readonly NewSaying[], comparable: readonly Drawn[], day: string): Drawn[] {
  return attentionLists.flatMap((list) => {
    const count = came.filter((saying) => saying.list === list).length * DRAWN_EACH;
    const some = comparable.filter((one) => one.list === list);
    return drawSome(some, count, (one) => `${day} ${keyOf(one.rootId, one)}`);
  });
}
