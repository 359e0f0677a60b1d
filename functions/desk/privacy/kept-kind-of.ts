import type { KeptKind } from '../../../languages/kept-kind.ts';
import { assert } from '../../ground/platform/errors.ts';
import type { House } from '../../ground/room.ts';

/** What of customers a table keeps, in one word, as its room says. */
export function keptKindOf({ kept }: Pick<House, 'kept'>): (table: string) => KeptKind {
  const kinds = new Map(
    [...kept].flatMap(([kind, rooms]) =>
      rooms.flatMap(({ personalData = {} }) =>
        Object.keys(personalData).map((table) => [table, kind] as const),
      ),
    ),
  );
  return (table) => {
    const kind = kinds.get(table);
    assert(kind !== undefined, 'a room that keeps something of customers says what');
    return kind;
  };
}
