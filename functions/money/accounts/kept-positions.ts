import type { LeftTables } from '../../ground/tables/table-file.ts';

/** The followers that go on from where they were; those that make a table anew begin at the beginning. */
export function keptPositions(left: LeftTables): string {
  const names = Object.values(left).flatMap(({ follower }) =>
    follower === undefined ? [] : `'${follower}'`,
  );
  return `name NOT IN (${names.join(', ')})`;
}
