import { assert } from '../../ground/platform/errors.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';

/** The tables so that each stands behind those whose rows have to be there before its own; else as they are declared. */
export function inOrder(tables: readonly TableFile[]): TableFile[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const placed = new Set<string>();
  const ordered: TableFile[] = [];
  const place = (table: TableFile, path: readonly string[]) => {
    if (placed.has(table.name)) return;
    assert(!path.includes(table.name), `no table comes before itself: ${[...path, table.name].join(', ')}`);
    for (const { table: name } of table.parents) {
      const parent = byName.get(name);
      if (parent !== undefined && parent !== table) place(parent, [...path, table.name]);
    }
    placed.add(table.name);
    ordered.push(table);
  };
  for (const table of tables) place(table, []);
  return ordered;
}
