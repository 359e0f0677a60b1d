import type { Row, Store } from '../../../../db/store.ts';
import type { DaySpan } from '../days.ts';
import type { PageEnd, Source } from './sources.ts';

const ROWS_PER_PAGE = 500;

/** The rows of several sources by time and id, page by page; of each no more than a page is held. */
export async function* mergedPages(
  db: Store,
  sources: readonly Source[],
  asked: { kinds: string; span: DaySpan },
): AsyncGenerator<Row[]> {
  const streams = await Promise.all(sources.map((source) => openStream(db, source, asked)));
  for (;;) {
    const open = streams.filter((stream) => !stream.isOver());
    if (open.length === 0) return;
    const page: Row[] = [];
    const [only] = open;
    if (open.length === 1 && only !== undefined) page.push(...only.takeAll());
    else while (areAllReady(open)) earliest(open).moveTo(page);
    yield page;
    await Promise.all(open.map((stream) => stream.refill()));
  }
}

type Stream = Awaited<ReturnType<typeof openStream>>;

async function openStream(db: Store, source: Source, asked: { kinds: string; span: DaySpan }) {
  let rows: Row[] = [];
  let next = 0;
  let after: PageEnd = { at: asked.span.from - 1, id: '' };
  let isLast = false;
  const refill = async () => {
    if (next < rows.length || isLast) return;
    rows = await db.read(source.page({ ...asked, after, limit: ROWS_PER_PAGE }));
    next = 0;
    isLast = rows.length < ROWS_PER_PAGE;
    const last = rows.at(-1);
    if (last !== undefined) after = { at: Number(last[2]), id: String(last[0]) };
  };
  await refill();
  return {
    refill,
    isOver: () => next === rows.length,
    first: () => rows[next],
    moveTo: (page: Row[]) => {
      const row = rows[next];
      if (row !== undefined) page.push(row);
      next += 1;
    },
    takeAll: () => {
      const taken = next === 0 ? rows : rows.slice(next);
      next = rows.length;
      return taken;
    },
  };
}

/** As long as each still has a row, the earliest of all is known. */
function areAllReady(streams: readonly Stream[]): boolean {
  for (const stream of streams) if (stream.isOver()) return false;
  return true;
}

function earliest(streams: readonly Stream[]): Stream {
  return streams.reduce((best, stream) => (isBefore(stream.first(), best.first()) ? stream : best));
}

/** By time, then by id, both as SQL sorts them. */
function isBefore(left: Row | undefined, right: Row | undefined): boolean {
  const [leftAt, rightAt] = [Number(left?.[2]), Number(right?.[2])];
  return leftAt === rightAt ? String(left?.[0]) < String(right?.[0]) : leftAt < rightAt;
}
