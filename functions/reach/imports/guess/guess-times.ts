import type { ColumnFacts } from './column-facts.ts';
import { iso, otherWay } from './date-forms.ts';
import { type Finding, type GuessEvidence, quote } from './finding.ts';

/** When orders were placed and delivered, and how the file writes days. */
export function guessTimes({ chosen, factsOf, orders, timeZone }: GuessEvidence): Finding {
  const placed = factsOf('placed_at');
  if (placed === null) {
    return {
      open: ['No column looks like the day of the order. Name it as placed_at, and its form as dateFormat.'],
    };
  }
  const form = formOf(placed, factsOf('delivered_at'));
  const time = form.includes(':') || placed.zoned > 0 ? null : factsOf('time');
  const clock = time === null ? '' : clockOf(time);
  const delivered = deliveredIn(factsOf('delivered_at'), form);
  return {
    columns: {
      placed_at: time === null ? placed.header : [placed.header, time.header],
      ...(delivered === null ? {} : { delivered_at: delivered.header }),
    },
    keys: {
      ...(form === iso ? {} : { dateFormat: form + clock }),
      ...severalIn(chosen, { orders, delivered }),
    },
    because: [
      `${quote(placed)}${time === null ? '' : ` with ${quote(time)}`} is when the order was placed${form === iso ? '' : `, written ${form}${clock}`}.`,
      ...unsure([placed, factsOf('delivered_at')], form),
      ...(orders.several.has('placed_at') ? ['Some orders tell several times; the first is taken.'] : []),
      ...(delivered === null ? [] : [`${quote(delivered)} is taken as the delivery.`]),
      placed.zoned > 0
        ? 'The times carry their time zone.'
        : `Days and times are read in business time, ${timeZone}.`,
    ],
  };
}

/** The form that reads most cells; of two that read all, the more usual. Days of delivery help to tell. */
function formOf({ dates }: ColumnFacts, delivered: ColumnFacts | null): string {
  const cellsIn = (form: string) => (dates.get(form) ?? 0) * 1000 + (delivered?.dates.get(form) ?? 0);
  let best = iso;
  for (const form of dates.keys()) if (cellsIn(form) > cellsIn(best)) best = form;
  return best;
}

function unsure(columns: readonly (ColumnFacts | null)[], form: string): string[] {
  const other = otherWay(form);
  const isEven = columns.every((facts) => facts?.dates.get(other ?? '') === facts?.dates.get(form));
  if (other === null || !isEven) return [];
  return [`No day tells whether the month stands first: if it does, write ${other}.`];
}

function clockOf({ values }: ColumnFacts): string {
  return [...values].some((value) => value.split(':').length === 3) ? ' HH:mm:ss' : ' HH:mm';
}

/** A file has one form for its days, so a delivery in another one is not read. */
function deliveredIn(facts: ColumnFacts | null, form: string): ColumnFacts | null {
  return facts !== null && facts.dates.get(form) === facts.filled ? facts : null;
}

function severalIn(
  chosen: GuessEvidence['chosen'],
  { orders, delivered }: { orders: GuessEvidence['orders']; delivered: ColumnFacts | null },
): Record<string, unknown> {
  const several = {
    ...(chosen.placed_at !== undefined && orders.several.has('placed_at') ? { placed_at: 'first' } : {}),
    ...(delivered !== null && orders.several.has('delivered_at') ? { delivered_at: 'last' } : {}),
  };
  return Object.keys(several).length === 0 ? {} : { several };
}
