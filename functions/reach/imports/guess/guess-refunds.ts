import { type Finding, type GuessEvidence, quote } from './finding.ts';

/** Rows with a minus take goods back; their numbers may begin with letters of their own. */
export function guessRefunds({ orders, factsOf }: GuessEvidence): Finding {
  const rows = [...orders.minus.values()].reduce((sum, count) => sum + count, 0);
  const named = factsOf('refunded_order');
  if (rows === 0) return {};
  const [prefix] =
    [...orders.minus].find(
      ([letters, count]) => isPrefix(letters) && !orders.sold.has(letters) && count > rows / 2,
    ) ?? [];
  return {
    keys: { refunds: prefix === undefined ? { minus: true } : { minus: true, prefix } },
    columns: named === null ? {} : { refunded_order: named.header },
    because: [
      `${rows === 1 ? 'One row has' : `${rows} rows have`} a minus, read as goods that came back.`,
      ...(prefix === undefined ? [] : [`The numbers of credit notes begin with "${prefix}".`]),
      named === null
        ? 'They name no order, so each is taken off the latest purchase of the same goods by the customer.'
        : `${quote(named)} is the order they are taken off.`,
    ],
  };
}

function isPrefix(letters: string): boolean {
  return letters.trim() !== '' && letters.length <= 20;
}
