import type { Outcome, Row, Statement } from './store.ts';

/** Statements one HTTP request carries at the most; larger units travel alone. */
const STATEMENTS_PER_BATCH_MAX = 200;

/** Sends units side by side in shared batches; when a batch is refused its units go one by one. */
export async function writeInBatches(
  units: readonly (readonly Statement[])[],
  run: (statements: readonly Statement[]) => Promise<Row[][]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const group of groupsOf(units)) {
    const together = await attempt(group.flat(), run);
    if (together.ok) {
      let start = 0;
      for (const unit of group) {
        outcomes.push({ ok: true, results: together.results.slice(start, start + unit.length) });
        start += unit.length;
      }
    } else if (group.length === 1) {
      outcomes.push(together);
    } else {
      for (const unit of group) outcomes.push(await attempt(unit, run));
    }
  }
  return outcomes;
}

function groupsOf(units: readonly (readonly Statement[])[]): (readonly Statement[])[][] {
  const groups: (readonly Statement[])[][] = [];
  let size = 0;
  for (const unit of units) {
    const last = groups.at(-1);
    if (last === undefined || size + unit.length > STATEMENTS_PER_BATCH_MAX) {
      groups.push([unit]);
      size = unit.length;
    } else {
      last.push(unit);
      size += unit.length;
    }
  }
  return groups;
}

async function attempt(
  statements: readonly Statement[],
  run: (statements: readonly Statement[]) => Promise<Row[][]>,
): Promise<Outcome> {
  try {
    return { ok: true, results: await run(statements) };
  } catch (error) {
    return { ok: false, error };
  }
}
